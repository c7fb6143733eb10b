import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FactQuery } from '../journal.ts';
import type { Row } from './rows.ts';
import { type Select, selectFacts } from './select.ts';
import type { Store } from './store.ts';

/** A page ends at the first of these: a release's payload alone may be megabytes. */
const pageLimit = { rows: 500, characters: 1_000_000 };

/** All rows that match, page by page: between two pages no transaction is open, and others get their turn. */
export async function* pages(store: Store, columns: string, query: FactQuery): AsyncGenerator<readonly Row[]> {
  let left = query.limit ?? Number.POSITIVE_INFINITY;
  let rest = query;
  while (left > 0 && query.kinds?.length !== 0) {
    const page = await readPage(store, selectFacts(columns, rest), left);
    const last = page.at(-1);
    if (!last) return;
    yield page;
    left -= page.length;
    rest = beyond(query, last.seq as number);
    await nextTurn();
  }
}

const beyond = (query: FactQuery, seq: number): FactQuery =>
  query.newestFirst ? { ...query, before: seq } : { ...query, after: seq };

const readPage = (store: Store, { sql, values }: Select, atMost: number): Promise<readonly Row[]> =>
  store.run(() => {
    const page: Row[] = [];
    let characters = 0;
    for (const row of store.prepare(sql).iterate(...values)) {
      page.push(row);
      characters += typeof row.payload === 'string' ? row.payload.length : 0;
      if (page.length >= Math.min(atMost, pageLimit.rows) || characters >= pageLimit.characters) break;
    }
    return page;
  });
