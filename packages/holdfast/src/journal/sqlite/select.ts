import type { SQLInputValue } from 'node:sqlite';
import type { FactQuery } from '../journal.ts';

export interface Select {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

interface Condition {
  readonly test: string;
  readonly values: readonly SQLInputValue[];
}

/**
 * The facts that match, in order. Every way goes along an index that has the order already, so that a page costs what
 * it holds and not what the journal holds: a release's facts, or the kinds' facts of an environment, merged, else
 * the journal itself.
 */
export function selectFacts(columns: string, query: FactQuery): Select {
  const kinds = [...new Set(query.kinds)];
  const order = `order by seq ${query.newestFirst ? 'desc' : 'asc'}`;
  const byKind = query.release === undefined && query.environment !== undefined && query.system !== undefined;
  const arms =
    byKind && kinds.length > 0
      ? kinds.map(kind => arm(columns, 'indexed by facts_by_kind', [equals('kind', kind), ...conditions(query)]))
      : [arm(columns, wayOf(query), [...(query.kinds ? [oneOf('kind', kinds)] : []), ...conditions(query)])];
  return {
    sql: `${arms.map(({ sql }) => sql).join(' union all ')} ${order}`,
    values: arms.flatMap(({ values }) => values),
  };
}

/** `not indexed` leaves the primary key, which is the order. */
const wayOf = ({ release }: FactQuery): string =>
  release === undefined ? 'not indexed' : 'indexed by facts_by_release';

const arm = (columns: string, way: string, all: readonly Condition[]): Select => ({
  sql: `select ${columns} from facts ${way}${all.length > 0 ? ` where ${all.map(({ test }) => test).join(' and ')}` : ''}`,
  values: all.flatMap(({ values }) => values),
});

const conditions = ({ after, before, system, environment, release }: FactQuery): Condition[] => [
  ...(after === undefined ? [] : [{ test: 'seq > ?', values: [after] }]),
  ...(before === undefined ? [] : [{ test: 'seq < ?', values: [before] }]),
  ...Object.entries({ system, environment, release }).flatMap(([column, value]) =>
    value === undefined ? [] : [equals(column, value)],
  ),
];

const equals = (column: string, value: string): Condition => ({ test: `${column} = ?`, values: [value] });

const oneOf = (column: string, values: readonly string[]): Condition => ({
  test: `${column} in (${values.map(() => '?').join(', ')})`,
  values,
});
