import type { Outcome } from './trial.ts';

/** One row for each kind and size, and one for all. */
export function tableOf(outcomes: readonly Outcome[]): readonly string[] {
  const groups = Map.groupBy(outcomes, ({ trial: { kind, size } }) => `${kind}, ${size} containers`);
  const rows = [...groups, ['all', outcomes] as const].map(([name, group]) => rowOf(name, group));
  return [heading, ...rows].map(cells =>
    cells
      .map((cell, index) => cell.padEnd(index === 0 ? 24 : 12))
      .join('')
      .trimEnd(),
  );
}

const heading = ['', 'trials', 'orphans', 'duplicates', 'stuck', 'wrong', 'failures', 'median s', 'worst s', 'lease s'];

const rowOf = (name: string, group: readonly Outcome[]): string[] => [
  name,
  String(group.length),
  ...[
    sum(group, ({ orphans }) => orphans.length),
    sum(group, ({ duplicates }) => duplicates.length),
    sum(group, ({ stuckLease }) => Number(stuckLease)),
    sum(group, ({ wrong }) => wrong.length),
    sum(group, ({ failures }) => failures.length),
  ].map(String),
  median(group.map(({ converged }) => converged)).toFixed(1),
  Math.max(...group.map(({ converged }) => converged)).toFixed(1),
  median(group.map(({ untilLease }) => untilLease)).toFixed(2),
];

/** Where the blows fell, by what the journal said last before them. */
export function blowsOf(outcomes: readonly Outcome[]): string {
  const groups = Map.groupBy(outcomes, ({ last }) => last);
  return [...groups].map(([last, { length }]) => `${last} ${length}`).join(', ');
}

const sum = (group: readonly Outcome[], count: (outcome: Outcome) => number): number =>
  group.reduce((total, outcome) => total + count(outcome), 0);

function median(values: readonly number[]): number {
  const known = values.filter(value => !Number.isNaN(value)).toSorted((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? Number.NaN;
}
