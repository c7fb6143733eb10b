import { type Duration, isDuration, toMilliseconds } from '../../kit/duration.ts';
import { compareShares, parsePercentage, type Share, whole } from '../../kit/percentage.ts';
import type { ProblemParts } from '../../kit/problem.ts';
import { rule } from '../declaration/rule.ts';
import type { ObjectiveSpec } from '../spec/promise-spec.ts';

/** `'99.5% over 30d'`: an exact share of what is measured, and the rolling window that it holds for. */
export type Objective = `${number}% over ${number}${string}`;

const form = /^(\d+(?:\.\d+)?%) over (\d+(?:\.\d+)?[a-z]+)$/i;

export const objective = rule<Objective>(
  {
    is: 'an objective',
    why: 'it is a share and the window that it holds for: one bad minute is little in a month and much in an hour',
    fix: "write it as in '99.5% over 30d'",
  },
  value => typeof value === 'string' && form.test(value),
);

/** The exact parts of one that {@link wrongObjective} has nothing against. */
export function objectiveOf(text: Objective): ObjectiveSpec {
  const [, target = '', over = ''] = form.exec(text) ?? [];
  return { text, target, over: toMilliseconds(over as Duration) };
}

/** What is wrong with one of the right form. `every`: milliseconds between two measurements, where it is measured. */
export function wrongObjective(text: Objective, every: number | undefined): Omit<ProblemParts, 'what'> | undefined {
  const [, target = '', over = ''] = form.exec(text) ?? [];
  if (!isDuration(over)) return unknownUnit(over);
  if (toMilliseconds(over) === 0) return noWindow;
  return wrongShare(target) ?? (every === undefined ? undefined : shortWindow(toMilliseconds(over), every));
}

function wrongShare(target: string): Omit<ProblemParts, 'what'> | undefined {
  const share = shareOf(target);
  if (share === undefined) return aboveAll(target);
  if (compareShares(share, whole) === 0) return noBudget;
  return share.units === 0n ? nothingPromised : undefined;
}

function shareOf(target: string): Share | undefined {
  try {
    return parsePercentage(target);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const unknownUnit = (over: string) => ({
  why: `"${over.replace(/^[\d.]+/, '')}" is no unit of time here: ms, s, m, h and d are`,
  fix: "write the window in days or hours, as in '99.5% over 30d'",
});

const noWindow = {
  why: 'a window of no length holds no measurement',
  fix: "give it a length, as in '99.5% over 30d'",
};

const aboveAll = (target: string) => ({
  why: `${target} is more than all there is`,
  fix: "write what you can keep, as in '99.5% over 30d'",
});

const noBudget = {
  why: 'nothing made of parts is without a fault: 100% leaves no error budget, and the first bad answer breaks it',
  fix: "write what you can keep, as in '99.9% over 30d': that leaves 43 minutes a month",
};

const nothingPromised = {
  why: '0% is kept by what never answers: it can’t be broken, so it says nothing',
  fix: "write what others may rely on, as in '99.5% over 30d'",
};

const shortWindow = (over: number, every: number) =>
  over >= every
    ? undefined
    : {
        why: `it is measured every ${every / 1_000}s: most windows of ${over / 1_000}s would hold no measurement`,
        fix: "give it a longer window, as in '99.5% over 30d', or measure more often with .every('1s')",
      };
