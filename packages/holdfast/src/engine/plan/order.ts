import { exitCode, Problem } from '../../kit/problem.ts';

/**
 * Puts items after what they need, keeping the given order otherwise (Kahn's algorithm, linear). Needs that are not
 * among the items are not waited for.
 */
export function inOrder<T, K>(
  items: readonly T[],
  keyOf: (item: T) => K,
  needsOf: (item: T) => readonly K[],
): readonly T[] {
  const byKey = new Map(items.map(item => [keyOf(item), item]));
  const waiting = new Map<K, number>();
  const dependents = new Map<K, T[]>();
  for (const item of items) {
    const needs = [...new Set(needsOf(item))].filter(need => byKey.has(need));
    waiting.set(keyOf(item), needs.length);
    for (const need of needs) append(dependents, need, item);
  }
  const sorted = items.filter(item => waiting.get(keyOf(item)) === 0);
  for (const item of sorted) {
    for (const dependent of dependents.get(keyOf(item)) ?? []) {
      const left = (waiting.get(keyOf(dependent)) ?? 0) - 1;
      waiting.set(keyOf(dependent), left);
      if (left === 0) sorted.push(dependent);
    }
  }
  if (sorted.length < items.length) throw cycle(items.filter(item => !sorted.includes(item)).map(keyOf));
  return sorted;
}

export function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

const cycle = (members: readonly unknown[]): Problem =>
  new Problem({
    what: `these need each other in a circle: ${members.join(', ')}`,
    fix: 'take one of the needs away',
    exit: exitCode.wrongUse,
  });
