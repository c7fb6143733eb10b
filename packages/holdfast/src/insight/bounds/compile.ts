import { exitCode, Problem } from '../../kit/problem.ts';
import { Diagram, type Node, TooWide } from './diagram.ts';
import { type Order, ordersOf } from './order.ts';
import { type Element, elementsOf, mapElements, needed, type Structure } from './structure.ts';

/** With how many elements that may fail a bound is still computed. */
export const mostElements = 40;

/** A structure as a diagram that gives exact answers in time linear in its nodes. */
export interface Compiled {
  readonly diagram: Diagram;
  readonly root: Node;
  /** The elements that have a figure, by their level. */
  readonly elements: readonly Element[];
}

/**
 * Throws a Problem where there are more than {@link mostElements}, or where the structure is too wild for a diagram.
 * An element without a figure counts as 1: it is there, and is asked for nowhere.
 */
export function compile(structure: Structure): Compiled {
  const elements = new Map(elementsOf(structure).flatMap(one => (one.availability ? [[one.id, one]] : [])));
  if (elements.size > mostElements) throw tooMany(elements.size);
  const certain = mapElements(structure, one => (one.availability ? one : { is: 'all', of: [] }));
  for (const order of ordersOf(certain)) {
    const built = inOrder(certain, order);
    if (built) return { ...built, elements: order.flatMap(id => elements.get(id) ?? []) };
  }
  throw tooWild(elements.size);
}

function inOrder(structure: Structure, order: Order): Omit<Compiled, 'elements'> | undefined {
  const diagram = new Diagram();
  const levels = new Map(order.map((id, level) => [id, level]));
  try {
    return { diagram, root: built(structure, diagram, levels, new Map()) };
  } catch (error) {
    if (error instanceof TooWide) return undefined;
    throw error;
  }
}

function built(
  structure: Structure,
  diagram: Diagram,
  levels: ReadonlyMap<string, number>,
  made: Map<Structure, Node>,
): Node {
  const known = made.get(structure);
  if (known !== undefined) return known;
  if (structure.is === 'element') return diagram.element(levels.get(structure.id) as number);
  const parts = structure.of.map(part => built(part, diagram, levels, made));
  const node = gate(structure, parts, diagram);
  made.set(structure, node);
  return node;
}

function gate(structure: Exclude<Structure, Element>, parts: readonly Node[], diagram: Diagram): Node {
  if (structure.is === 'all') return diagram.all(parts);
  return structure.is === 'any' ? diagram.any(parts) : diagram.atLeast(needed(structure), parts);
}

const tooMany = (count: number): Problem =>
  new Problem({
    what: `a bound that rests on ${count} elements is not computed`,
    why: `it is exact or it is not given, and that is so for up to ${mostElements} elements that have an availability`,
    fix: 'leave out the availability of those that fail least: they count as 100% and are listed as assumed, and the bound stays one',
    exit: exitCode.wrongUse,
  });

const tooWild = (count: number): Problem =>
  new Problem({
    what: `a bound whose ${count} elements depend on each other in so many ways is not computed`,
    why: 'it is exact or it is not given, and its decision diagram outgrew the memory that it may have in each order that was tried',
    fix: 'leave out the availability of elements that stand in many places: they count as 100% and are listed as assumed, and the bound stays one',
    exit: exitCode.wrongUse,
  });
