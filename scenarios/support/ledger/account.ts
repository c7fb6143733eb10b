import { type Entry, keyOf, type Outcome, type Row } from './entry.ts';

/** What a ledger and the table at the end come to. */
export interface Account extends Readonly<Record<Outcome, number>> {
  /** Longest time without an acknowledged write of any writer, in seconds. */
  readonly outage: number;
  /** The same of each writer alone. */
  readonly outages: readonly number[];
  /** Acknowledged, and not there. */
  readonly lost: readonly Row[];
  /** There more than once. */
  readonly duplicated: readonly Row[];
  /** How many of those that nobody was told of are there. */
  readonly unknownPresent: number;
  /** There, and never sent. */
  readonly foreign: readonly Row[];
  /** Why rows were not acknowledged, and how many for that. */
  readonly reasons: Readonly<Record<string, number>>;
}

/** @param until when the writers were stopped: what has not come back by then has not come back. */
export function accountOf(entries: readonly Entry[], present: readonly Row[], until: number): Account {
  const told = outcomes(entries);
  const there = new Set(present.map(keyOf));
  const rows = [...told.values()];
  const of = (outcome: Outcome) => rows.filter(({ said }) => said === outcome);
  return {
    ok: of('ok').length,
    failed: of('failed').length,
    unknown: of('unknown').length,
    outage: longestGap(of('ok'), until),
    outages: [...Map.groupBy(rows, ({ writer }) => writer).values()].map(own =>
      longestGap(
        own.filter(({ said }) => said === 'ok'),
        until,
      ),
    ),
    lost: of('ok').filter(row => !there.has(keyOf(row))),
    duplicated: [...Map.groupBy(present, keyOf).values()].flatMap(([row, again]) => (row && again ? [row] : [])),
    unknownPresent: of('unknown').filter(row => there.has(keyOf(row))).length,
    foreign: present.filter(row => !told.has(keyOf(row))),
    reasons: countOf(rows.flatMap(({ why }) => (why === undefined ? [] : [why]))),
  };
}

type Told = Entry & { readonly said: Outcome };

/** The last word on each row. One that was sent and never spoken of again is unknown: its writer was killed. */
function outcomes(entries: readonly Entry[]): ReadonlyMap<string, Told> {
  const told = new Map<string, Told>();
  for (const entry of entries)
    told.set(keyOf(entry), entry.said === 'sent' ? { ...entry, said: 'unknown' } : (entry as Told));
  return told;
}

/** Without any acknowledged there is no end of it. */
function longestGap(acknowledged: readonly Entry[], until: number): number {
  const times = [...acknowledged.map(({ at }) => at).toSorted((a, b) => a - b), until];
  if (acknowledged.length === 0) return Number.POSITIVE_INFINITY;
  return Math.max(...times.slice(1).map((at, nth) => at - (times[nth] as number))) / 1_000;
}

const countOf = (words: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...Map.groupBy(words, word => word)].map(([word, all]) => [word, all.length]));
