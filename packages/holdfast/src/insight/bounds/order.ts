import { elementsOf, type Structure } from './structure.ts';

/** Elements in the order in which a diagram asks for them. */
export type Order = readonly string[];

/**
 * Orders worth a try, the likeliest first. A diagram stays small where elements that decide things together are asked
 * for together. Depth first does that (M. Fujita, H. Fujisawa, N. Kawato, 1988); where hosts carry many services it is
 * better to know first which hosts are there.
 */
export function ordersOf(structure: Structure): readonly Order[] {
  const uses = usesOf(structure);
  const near = depthFirst(structure, uses);
  const shared = near.toSorted((a, b) => (uses.get(b) ?? 0) - (uses.get(a) ?? 0));
  const asGiven = elementsOf(structure).map(({ id }) => id);
  return [near, shared, asGiven];
}

/** In how many places each element stands. */
function usesOf(structure: Structure): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  const seen = new Set<Structure>();
  const count = (part: Structure): void => {
    if (part.is === 'element') uses.set(part.id, (uses.get(part.id) ?? 0) + 1);
    else if (!seen.has(part)) {
      seen.add(part);
      part.of.forEach(count);
    }
  };
  count(structure);
  return uses;
}

/** Of one gate the elements first, and of those the ones that stand in most places; then gate by gate. */
function depthFirst(structure: Structure, uses: ReadonlyMap<string, number>): Order {
  const met = new Set<string>();
  const seen = new Set<Structure>();
  const rank = (part: Structure): number => (part.is === 'element' ? -(uses.get(part.id) ?? 0) : 0);
  const visit = (part: Structure): void => {
    if (seen.has(part)) return;
    seen.add(part);
    if (part.is === 'element') met.add(part.id);
    else part.of.toSorted((a, b) => rank(a) - rank(b)).forEach(visit);
  };
  visit(structure);
  return [...met];
}
