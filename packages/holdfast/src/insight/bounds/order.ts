import { elementsOf, type Structure } from './structure.ts';

/** Elements in the order in which a diagram asks for them. */
export type Order = readonly string[];

/** After so many rounds it hardly gets better. */
const rounds = 50;

/**
 * A diagram stays small where elements that decide something together are asked for together. So they are drawn to each
 * other by FORCE (F. A. Aloul, I. L. Markov, K. A. Sakallah, "FORCE: a fast and easy-to-implement variable-ordering
 * heuristic", Great Lakes Symposium on VLSI, 2003), which begins with the order in which they are met. Where everything
 * is shared crosswise, that alone takes some five times as many nodes.
 */
export const orderOf = (structure: Structure): Order =>
  drawnTogether(
    elementsOf(structure).map(({ id }) => id),
    groupsIn(structure),
  );

/** For each gate the elements below it. */
function groupsIn(structure: Structure): readonly Order[] {
  const below = new Map<Structure, Order>();
  const visit = (part: Structure): Order => {
    const known = below.get(part);
    if (known) return known;
    const ids = part.is === 'element' ? [part.id] : [...new Set(part.of.flatMap(visit))];
    below.set(part, ids);
    return ids;
  };
  visit(structure);
  return [...below.values()].filter(({ length }) => length > 1);
}

/** Each round moves each element to the middle of its groups' middles. Keeps the order in which groups spread least. */
function drawnTogether(start: Order, groups: readonly Order[]): Order {
  let [order, best] = [start, start];
  for (let round = 0; round < rounds; round += 1) {
    order = drawn(order, groups);
    if (spreadOf(order, groups) < spreadOf(best, groups)) best = order;
  }
  return best;
}

function drawn(order: Order, groups: readonly Order[]): Order {
  const places = placesIn(order);
  const pulls = new Map<string, number[]>(order.map(id => [id, []]));
  for (const group of groups) {
    const middle = mean(group.map(id => places.get(id) as number));
    for (const id of group) pulls.get(id)?.push(middle);
  }
  const pulled = new Map(order.map(id => [id, mean(pulls.get(id) as number[])]));
  return order.toSorted((a, b) => (pulled.get(a) as number) - (pulled.get(b) as number));
}

function spreadOf(order: Order, groups: readonly Order[]): number {
  const places = placesIn(order);
  const spreads = groups.map(group => group.map(id => places.get(id) as number));
  return spreads.reduce((total, at) => total + Math.max(...at) - Math.min(...at), 0);
}

const placesIn = (order: Order): ReadonlyMap<string, number> => new Map(order.map((id, place) => [id, place]));

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
