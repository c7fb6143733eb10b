import { complement, difference, none, product, type Share, sum, whole } from '../../kit/percentage.ts';
import { type Compiled, compile } from './compile.ts';
import { always, type Diagram, type Node, never } from './diagram.ts';
import type { Element, Structure } from './structure.ts';

/** How likely the whole is there, and how much of that hangs on each element. */
export interface Evaluation {
  readonly availability: Share;
  /**
   * By id, Birnbaum's importance: how likely the whole stands or falls with the element, which is what it is worth
   * with the element less what it is worth without (Z. W. Birnbaum, "On the importance of different components in a
   * multicomponent system", 1969). The whole is linear in each element, so it also says what any change of one gives.
   */
  readonly importance: ReadonlyMap<string, Share>;
}

export const availabilityOf = (structure: Structure): Share => evaluate(structure).availability;

/** Exact. Throws the Problem of {@link compile}. */
export function evaluate(structure: Structure): Evaluation {
  const compiled = compile(structure);
  const nodes = reachable(compiled);
  const worth = worthOf(compiled, nodes);
  return { availability: worth.get(compiled.root) as Share, importance: importanceOf(compiled, nodes, worth) };
}

/** Those that ask for something, from the bottom up. */
function reachable({ diagram, root }: Compiled): readonly Node[] {
  const found = new Set<Node>();
  const visit = (node: Node): void => {
    if (node === always || node === never || found.has(node)) return;
    found.add(node);
    visit(diagram.high(node));
    visit(diagram.low(node));
  };
  visit(root);
  return [...found].sort((a, b) => a - b);
}

type Shares = ReadonlyMap<Node, Share>;

/** How likely each node leads to `always`. */
function worthOf({ diagram, elements }: Compiled, nodes: readonly Node[]): Shares {
  const worth = new Map([
    [always, whole],
    [never, none],
  ]);
  const of = (node: Node): Share => worth.get(node) as Share;
  for (const node of nodes) {
    const { there, gone } = chances(elements, diagram, node);
    worth.set(node, sum(product([there, of(diagram.high(node))]), product([gone, of(diagram.low(node))])));
  }
  return worth;
}

function importanceOf(
  { diagram, root, elements }: Compiled,
  nodes: readonly Node[],
  worth: Shares,
): ReadonlyMap<string, Share> {
  const importance = new Map(elements.map(({ id }) => [id, none]));
  const reach = new Map([[root, whole]]);
  const of = (node: Node): Share => worth.get(node) as Share;
  for (const node of nodes.toReversed()) {
    const [high, low, reached] = [diagram.high(node), diagram.low(node), reach.get(node) ?? none];
    const { id, there, gone } = chances(elements, diagram, node);
    add(importance, id, product([reached, difference(of(high), of(low))]));
    add(reach, high, product([reached, there]));
    add(reach, low, product([reached, gone]));
  }
  return importance;
}

function chances(elements: readonly Element[], diagram: Diagram, node: Node) {
  const { id, availability = whole } = elements[diagram.level(node)] as Element;
  return { id, there: availability, gone: complement(availability) };
}

function add<K>(shares: Map<K, Share>, key: K, share: Share): void {
  shares.set(key, sum(shares.get(key) ?? none, share));
}
