import { compareShares, difference, roundedDown, type Share, spellPercentage } from '../../kit/percentage.ts';
import { exitCode, type ProblemParts } from '../../kit/problem.ts';
import type { Bound, CeilingBound, Lift } from './bound.ts';

/** How much more is promised than the bound allows. Undefined where it allows it. */
export const excessOf = (objective: Share, { availability }: Pick<Bound, 'availability'>): Share | undefined =>
  compareShares(objective, availability) > 0 ? difference(objective, availability) : undefined;

/**
 * What is wrong with a promise above its bound: by how much, what caps it, what would lift it most. Undefined for one
 * that can be kept.
 */
export function aboveBound(sentence: string, objective: Share, bound: Bound): ProblemParts | undefined {
  if (!excessOf(objective, bound)) return undefined;
  const digits = Math.max(objective.places - 2, 4);
  const told = (share: Share): string => spellPercentage(share, digits);
  const excess = spellPercentage(difference(objective, roundedDown(bound.availability, digits + 2))).slice(0, -1);
  return {
    what: `"${sentence}" promises ${spellPercentage(objective)}; what it rests on allows ${told(bound.availability)} at most`,
    why: [`that is ${excess} percentage points too much`, ...capping(bound, told), ...correlation(bound, told)].join(
      '; ',
    ),
    fix: [`promise ${told(bound.availability)} or less`, ...lifting(bound, told)].join(', or '),
    exit: exitCode.failed,
  };
}

type Tell = (share: Share) => string;

/**
 * The promise that it is given and that promises less; else what has a figure and the whole falls with; where nothing
 * has, what the whole hangs on most.
 */
function capping({ ceiling, singlePoints, lifts }: Bound, told: Tell): readonly string[] {
  if (ceiling) return [cappingPromises(ceiling)];
  const [lowest] = singlePoints;
  if (lowest?.availability)
    return [`${named(lowest.id)} caps it: it is there ${spellPercentage(lowest.availability)} of the time`];
  const [first] = lifts;
  return first ? [`no single element caps it; ${named(first.id)} takes most of it (${told(first.availability)})`] : [];
}

const cappingPromises = ({ ids, objective }: CeilingBound): string =>
  ids.length === 1
    ? `${ids[0]}, which it is given, caps it: ${spellPercentage(objective)} is promised there, and no more can be counted on`
    : `${ids.join(' and ')}, which it is given, cap it: each promises ${spellPercentage(objective)}, and no more can be counted on`;

const correlation = ({ availability, independent }: Bound, told: Tell): readonly string[] =>
  compareShares(availability, independent) === 0
    ? []
    : [`replicas that failed independently would give ${told(independent)}, but they share an image and a release`];

const lifting = ({ ceiling, lifts: [most] }: Bound, told: Tell): readonly string[] =>
  ceiling
    ? [`promise more in ${ceiling.ids.join(' and ')} first: ${told(ceiling.lifted)} if enough were promised there`]
    : most
      ? [
          `better ${named(most.id)} first: ${told(most.perfect)} if it never failed${copy(most, told)}`,
          ...(most.id.startsWith('upstream/') ? ['survive its outage, and say so in `survives`'] : []),
        ]
      : [];

const copy = ({ doubled }: Lift, told: Tell): string => (doubled ? `, ${told(doubled)} with one more like it` : '');

const named = (id: string): string => id.replace(/^common-cause\/(.+)$/, 'what the replicas of $1 have in common');
