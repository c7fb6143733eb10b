import type { FactQuery } from '../journal.ts';
import { pageLimit, pagesOf } from '../store/pages.ts';
import type { Row } from '../store/rows.ts';
import { type Select, selectFacts } from './select.ts';
import type { Store } from './store.ts';

export const pages = (store: Store, columns: string, query: FactQuery): AsyncGenerator<readonly Row[]> =>
  pagesOf(query, (rest, atMost) => readPage(store, selectFacts(columns, rest), atMost));

const readPage = (store: Store, { sql, values }: Select, atMost: number): Promise<readonly Row[]> =>
  store.run(() => {
    const page: Row[] = [];
    let characters = 0;
    for (const row of store.prepare(sql).iterate(...values)) {
      page.push(row);
      characters += typeof row.payload === 'string' ? row.payload.length : 0;
      if (page.length >= atMost || characters >= pageLimit.characters) break;
    }
    return page;
  });
