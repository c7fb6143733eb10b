import { exitCode, Problem } from '../../kit/problem.ts';

/** A node of a {@link Diagram}: {@link never}, {@link always}, or one that asks whether an element is there. */
export type Node = number;
export const never: Node = 0;
export const always: Node = 1;

/** Three nodes fit the 53 bits of a number, so that a number is the key of what was already computed. */
const bits = 17;
const limit = 2 ** bits;

/**
 * A reduced ordered binary decision diagram (R. E. Bryant, "Graph-based algorithms for Boolean function manipulation",
 * IEEE Transactions on Computers C-35, 1986): asks for elements in one order, and two equal functions are one node.
 * Nodes are made after those that they lead to, so the ids alone give an order from the bottom up. Throws a Problem
 * where there would be more than 131,072 of them.
 */
export class Diagram {
  readonly #levels: number[] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  readonly #highs: Node[] = [never, always];
  readonly #lows: Node[] = [never, always];
  readonly #unique = new Map<number, Node>();
  readonly #chosen = new Map<number, Node>();

  /** Which element a node asks for, by its place in the order. */
  level(node: Node): number {
    return this.#levels[node] as number;
  }

  /** Where it leads when that element is there. */
  high(node: Node): Node {
    return this.#highs[node] as Node;
  }

  /** Where it leads when it is not. */
  low(node: Node): Node {
    return this.#lows[node] as Node;
  }

  /** Whether the element at a place of the order is there. */
  element(level: number): Node {
    return this.#node(level, always, never);
  }

  all(nodes: readonly Node[]): Node {
    return nodes.reduce((a, b) => this.choose(a, b, never), always);
  }

  any(nodes: readonly Node[]): Node {
    return nodes.reduce((a, b) => this.choose(a, always, b), never);
  }

  /** Goes through the nodes with a row that says for each number, up to the count, whether so many are there. */
  atLeast(count: number, nodes: readonly Node[]): Node {
    const none = [always, ...Array<Node>(count).fill(never)];
    const row = nodes.reduce(
      (before, node) => before.map((same, number) => this.choose(node, before[number - 1] ?? always, same)),
      none,
    );
    return row[count] as Node;
  }

  /** If the first then the second, else the third. */
  choose(test: Node, then: Node, other: Node): Node {
    if (test === always || then === other) return then;
    if (test === never) return other;
    if (then === always && other === never) return test;
    const key = (test * limit + then) * limit + other;
    const known = this.#chosen.get(key);
    if (known !== undefined) return known;
    const level = Math.min(this.level(test), this.level(then), this.level(other));
    const at = (way: 'high' | 'low') =>
      this.choose(this.#step(test, level, way), this.#step(then, level, way), this.#step(other, level, way));
    const made = this.#node(level, at('high'), at('low'));
    this.#chosen.set(key, made);
    return made;
  }

  #step(node: Node, level: number, way: 'high' | 'low'): Node {
    return this.level(node) === level ? this[way](node) : node;
  }

  #node(level: number, high: Node, low: Node): Node {
    if (high === low) return high;
    const key = (level * limit + high) * limit + low;
    const known = this.#unique.get(key);
    if (known !== undefined) return known;
    const made = this.#levels.length;
    if (made >= limit) throw tooWild();
    this.#levels.push(level);
    this.#highs.push(high);
    this.#lows.push(low);
    this.#unique.set(key, made);
    return made;
  }
}

const tooWild = (): Problem =>
  new Problem({
    what: 'a bound whose elements depend on each other in so many ways is not computed',
    why: `it is exact or it is not given, and its decision diagram would have more than ${limit} nodes`,
    fix: 'leave out the availability of elements that stand in many places: they count as 100% and are listed as assumed, and the bound stays one',
    exit: exitCode.wrongUse,
  });
