import { exitCode, Problem } from '../../kit/problem.ts';
import type { Address } from '../../model/address.ts';
import { nameIn } from '../../model/address.ts';
import type { Seen } from '../../ports/provider.ts';
import { type DataRemovals, dataRemovals } from './destructions.ts';
import type { Match, SeenIndex } from './match.ts';
import type { PlanInput } from './plan-input.ts';

export interface Removals extends Omit<DataRemovals, 'destroyed'> {
  /** Nothing asks for them any more. */
  readonly gone: readonly Seen[];
  /** What matched objects leave behind, by the object that takes their place. */
  readonly replaced: ReadonlyMap<Match, readonly Seen[]>;
  readonly notes: readonly string[];
  addressOf(seen: Seen): Address;
}

interface Parts extends Pick<PlanInput, 'reachableImages' | 'destroy' | 'destructions' | 'facts' | 'world'> {
  readonly matches: readonly Match[];
  readonly unclaimed: readonly Seen[];
  readonly index: SeenIndex;
}

/** What goes: data only when it was named, images only when no reachable release and no kept object needs them. */
export function removalsOf({ matches, index, world, reachableImages, ...parts }: Parts): Removals {
  const goesAlong = insideRule(parts.unclaimed);
  const unclaimed = parts.unclaimed.filter(seen => !goesAlong(seen));
  const addressOf = (seen: Seen): Address => index.addressOf(seen) ?? `${seen.kind}/${seen.name}`;
  const data = unclaimed.filter(seen => seen.holdsData);
  const { destroyed, ...ofData } = dataRemovals(data, matches, { ...parts, addressOf });
  // A database without the role that owns it would come back as one that its users may not read. One that is overdue may stay.
  const held = new Set([...ofData.retained, ...ofData.overdue].flatMap(({ uses }) => uses ?? []));
  const mayGo = imageRule(staying(world.seen, matches, unclaimed), reachableImages);
  const left = ({ leftovers }: Match) => leftovers.filter(seen => !goesAlong(seen));
  for (const match of matches) refuseToReplaceData(match, left(match));
  return {
    gone: unclaimed.filter(seen => (seen.holdsData ? destroyed.has(seen) : mayGo(seen) && !held.has(seen.id))),
    replaced: new Map(matches.map(match => [match, left(match).filter(mayGo)])),
    ...ofData,
    notes: misnamed(
      parts.destroy,
      data.map(seen => nameIn(addressOf(seen))),
    ),
    addressOf,
  };
}

/** What is inside of instances that all go is left alone: it is in their volumes, and goes or stays with those. */
function insideRule(unclaimed: readonly Seen[]): (seen: Seen) => boolean {
  const going = new Set(unclaimed.filter(({ kind }) => kind === 'instance').map(({ id }) => id));
  return ({ within = [] }) => within.length > 0 && within.every(id => going.has(id));
}

/**
 * An image stays while a reachable release names it, or an object of ours that stays was made of it. What others run on it
 * keeps it too, unless they have it under a name of their own: then only ours goes.
 */
function imageRule(stay: readonly Seen[], reachable: ReadonlySet<string>): (seen: Seen) => boolean {
  const usedBy = (who: readonly Seen[]): ReadonlySet<string> => new Set(who.flatMap(({ uses }) => uses ?? []));
  const [byUs, byOthers] = [usedBy(stay.filter(({ birth }) => birth)), usedBy(stay.filter(({ birth }) => !birth))];
  const named = new Set(stay.filter(({ kind, birth }) => kind === 'image' && !birth).map(({ id }) => id));
  const isKept = ({ id, name }: Seen): boolean =>
    reachable.has(name) || byUs.has(id) || (byOthers.has(id) && !named.has(id));
  return seen => seen.kind !== 'image' || !isKept(seen);
}

function staying(all: readonly Seen[], matches: readonly Match[], unclaimed: readonly Seen[]): readonly Seen[] {
  const going = new Set([
    ...unclaimed.filter(seen => !seen.holdsData),
    ...matches.flatMap(({ leftovers }) => leftovers),
  ]);
  return all.filter(seen => !going.has(seen));
}

/** Data goes by its name alone, and never since something else takes its place. */
function refuseToReplaceData({ wanted, seen }: Match, leftovers: readonly Seen[]): void {
  const data = leftovers.filter(({ holdsData }) => holdsData);
  if (data.length === 0) return;
  const claimants = [...(seen ? [seen] : []), ...data].map(({ name }) => name).join(' and ');
  throw new Problem({
    what: seen
      ? `${claimants} both claim to be ${wanted.address}`
      : `${wanted.address} can't take the place of ${claimants}`,
    why: 'they hold data, and data is never given up for something else',
    fix: 'declare it under another name; or move the data by hand, and remove what you no longer need from the engine',
    exit: exitCode.wrongUse,
  });
}

function misnamed(destroy: ReadonlySet<string> | 'all', there: readonly string[]): string[] {
  if (destroy === 'all') return [];
  const strangers = [...destroy].filter(name => !there.includes(name));
  return strangers.map(name => `nothing that is undeclared and holds data is called "${name}"`);
}
