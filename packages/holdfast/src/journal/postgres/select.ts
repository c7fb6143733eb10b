import type { FactQuery } from '../journal.ts';
import { pageLimit } from '../store/pages.ts';

export interface Select {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * A page of the facts that match, in order. There are indexes for those of a release, and for each kind in an environment,
 * whose facts are merged; the database chooses. A page with payloads also ends where they are long enough: their length
 * is known without reading them.
 */
export function selectPage(facts: string, columns: string, query: FactQuery, atMost: number): Select {
  const order = `order by seq ${query.newestFirst ? 'desc' : 'asc'}`;
  const values: unknown[] = [];
  const arms = armsOf(query).map(
    arm => `(select ${columns} from ${facts}${where(arm, values)} ${order} limit ${atMost})`,
  );
  const page = `select * from (${arms.join(' union all ')}) matching ${order} limit ${atMost}`;
  return { sql: columns.includes('payload') ? upToSize(page, columns, order) : page, values };
}

type Test = readonly [column: string, is: '=' | '<' | '>' | '= any', value: unknown];

function armsOf(query: FactQuery): readonly (readonly Test[])[] {
  const { kinds, system, environment, release } = query;
  const rest = testsOf(query);
  if (!kinds) return [rest];
  const byKind = release === undefined && environment !== undefined && system !== undefined;
  return byKind
    ? [...new Set(kinds)].map(kind => [['kind', '=', kind], ...rest])
    : [[['kind', '= any', kinds], ...rest]];
}

const testsOf = ({ after, before, system, environment, release }: FactQuery): readonly Test[] =>
  (
    [
      ['seq', '>', after],
      ['seq', '<', before],
      ['system', '=', system],
      ['environment', '=', environment],
      ['release', '=', release],
    ] as const
  ).filter(([, , value]) => value !== undefined);

function where(tests: readonly Test[], values: unknown[]): string {
  const words = tests.map(([column, is, value]) => `${column} ${is} ($${values.push(value)})`);
  return words.length > 0 ? ` where ${words.join(' and ')}` : '';
}

const upToSize = (page: string, columns: string, order: string): string =>
  `select ${columns} from (
    select *, sum(octet_length(payload)) over (${order} rows between unbounded preceding and 1 preceding) as before
    from (${page}) page
  ) sized where coalesce(before, 0) < ${pageLimit.characters} ${order}`;
