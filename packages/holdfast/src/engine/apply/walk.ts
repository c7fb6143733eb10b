import { append } from '../plan/order.ts';

export interface Node {
  readonly id: string;
  readonly after: readonly string[];
}

export interface Walk<N extends Node> {
  /** Does one node's work. Rejecting stops what comes after it and nothing else. */
  visit(node: N): Promise<void>;
  /** When it is aborted no further node is begun; those under way are finished. */
  readonly signal: AbortSignal;
  /** How many may be under way at once. */
  readonly parallel: number;
}

export interface Walked<N extends Node> {
  readonly done: readonly N[];
  readonly failed: readonly { readonly node: N; readonly error: unknown }[];
  /** Never begun: something before them failed, or the walk was aborted. */
  readonly skipped: readonly N[];
}

/** Walks a graph in parallel, bounded, each node after those it names. Linear; independents of a failure go on. */
export function walk<N extends Node>(nodes: readonly N[], { visit, signal, parallel }: Walk<N>): Promise<Walked<N>> {
  const known = new Set(nodes.map(node => node.id));
  const waiting = new Map(nodes.map(node => [node.id, node.after.filter(id => known.has(id)).length]));
  const dependents = new Map<string, N[]>();
  for (const node of nodes) for (const id of node.after) append(dependents, id, node);
  const ready = nodes.filter(node => waiting.get(node.id) === 0);
  const begun = new Set<N>();
  const done: N[] = [];
  const failed: { node: N; error: unknown }[] = [];
  let next = 0;
  let underWay = 0;

  return new Promise(resolve => {
    const release = (node: N): void => {
      done.push(node);
      for (const dependent of dependents.get(node.id) ?? []) {
        const left = (waiting.get(dependent.id) ?? 0) - 1;
        waiting.set(dependent.id, left);
        if (left === 0) ready.push(dependent);
      }
    };
    const begin = (node: N): void => {
      begun.add(node);
      underWay += 1;
      visit(node)
        .then(
          () => release(node),
          error => failed.push({ node, error }),
        )
        .finally(() => {
          underWay -= 1;
          advance();
        });
    };
    const advance = (): void => {
      while (underWay < parallel && next < ready.length && !signal.aborted) begin(ready[next++] as N);
      if (underWay === 0) resolve({ done, failed, skipped: nodes.filter(node => !begun.has(node)) });
    };
    advance();
  });
}
