import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FactQuery } from '../journal.ts';
import type { Row } from './rows.ts';

/** A page ends at the first of these: a release's payload alone may be megabytes. */
export const pageLimit = { rows: 500, characters: 1_000_000 };

/** Reads what matches, from the beginning, and no more rows than so many. */
export type ReadPage = (query: FactQuery, atMost: number) => Promise<readonly Row[]>;

/** All rows that match, page by page: between two pages no transaction is open, and others get their turn. */
export async function* pagesOf(query: FactQuery, readPage: ReadPage): AsyncGenerator<readonly Row[]> {
  let left = query.limit ?? Number.POSITIVE_INFINITY;
  let rest = query;
  while (left > 0 && query.kinds?.length !== 0) {
    const page = await readPage(rest, Math.min(left, pageLimit.rows));
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
