import type { Seen } from '../../ports/provider.ts';
import type { Wanted } from '../desire/wanted.ts';
import type { Names } from '../observe/names.ts';
import { isOurs } from '../observe/world.ts';

/**
 * All but what is inside of servers that leave the data they have: their volumes are no longer asked for, and whoever comes
 * in their place has nothing of what is inside.
 */
export function withoutLeftInside(all: readonly Seen[], names: Names, wanted: readonly Wanted[]): readonly Seen[] {
  const asked = new Set<string | undefined>(wanted.flatMap(({ address, formerly }) => [address, ...formerly]));
  const isLeft = (seen: Seen): boolean => ![names.of(seen), ...names.before(seen)].some(name => asked.has(name));
  const left = idsOf(all.filter(seen => seen.kind === 'volume' && isOurs(seen) && isLeft(seen)));
  const leaving = idsOf(all.filter(({ kind, uses = [] }) => kind === 'instance' && uses.some(id => left.has(id))));
  return all.filter(({ within = [] }) => within.length === 0 || !within.every(id => leaving.has(id)));
}

const idsOf = (some: readonly Seen[]): ReadonlySet<string> => new Set(some.map(({ id }) => id));
