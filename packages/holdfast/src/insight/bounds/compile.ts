import { Diagram, type Node } from './diagram.ts';
import { orderOf } from './order.ts';
import { type Element, elementsOf, mapElements, needed, type Structure } from './structure.ts';

/** A structure as a diagram that gives exact answers in time linear in its nodes. */
export interface Compiled {
  readonly diagram: Diagram;
  readonly root: Node;
  /** The elements that have a figure, by their level. */
  readonly elements: readonly Element[];
}

/** An element without a figure counts as 1 and is asked for nowhere. Throws the Problem of {@link Diagram}. */
export function compile(structure: Structure): Compiled {
  const elements = new Map(elementsOf(structure).flatMap(one => (one.availability ? [[one.id, one]] : [])));
  const certain = mapElements(structure, one => (one.availability ? one : { is: 'all', of: [] }));
  const order = orderOf(certain);
  const levels = new Map(order.map((id, level) => [id, level]));
  const diagram = new Diagram();
  const root = built(certain, diagram, levels, new Map());
  return { diagram, root, elements: order.flatMap(id => elements.get(id) ?? []) };
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
