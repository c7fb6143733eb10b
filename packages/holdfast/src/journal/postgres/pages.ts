import type { FactQuery } from '../journal.ts';
import { pagesOf } from '../store/pages.ts';
import type { Row } from '../store/rows.ts';
import { selectPage } from './select.ts';
import type { Store } from './store.ts';

export const pages = (store: Store, columns: string, query: FactQuery): AsyncGenerator<readonly Row[]> =>
  pagesOf(query, (rest, atMost) => {
    const { sql, values } = selectPage(store.tables.facts, columns, rest, atMost);
    return store.run(async on => (await on.query(sql, [...values])).rows);
  });
