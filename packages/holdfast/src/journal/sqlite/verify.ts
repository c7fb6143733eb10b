import type { Verification } from '../journal.ts';
import { type ChainPage, verifyChain } from '../verify-chain.ts';
import type { Witness } from '../witness.ts';
import { pages } from './pages.ts';
import { headOf, linkColumns, linkOf } from './rows.ts';
import type { Store } from './store.ts';

/** The witness and the ends are read first: what comes while the chain is walked is only more. */
export async function verifyStore(store: Store, witness: Witness): Promise<Verification> {
  const seen = witness.read();
  const ends = await store.run(() => endsOf(store));
  return verifyChain({ journal: store.journal, pages: chainPages(store), ends, witness: seen });
}

async function* chainPages(store: Store): AsyncGenerator<ChainPage> {
  for await (const rows of pages(store, linkColumns, {})) {
    const range = [rows[0]?.seq as number, rows.at(-1)?.seq as number] as const;
    yield { links: rows.map(linkOf), heads: await headsIn(store, range) };
  }
}

const headsIn = (store: Store, range: readonly [number, number]) =>
  store.run(() =>
    store
      .prepare('select * from heads where seq between ? and ?')
      .all(...range)
      .map(row => headOf(store.journal, row)),
  );

function endsOf(store: Store): { facts: number; heads: number } {
  const row = store
    .prepare('select (select max(seq) from facts) as facts, (select max(seq) from heads) as heads')
    .get();
  return { facts: Number(row?.facts ?? 0), heads: Number(row?.heads ?? 0) };
}
