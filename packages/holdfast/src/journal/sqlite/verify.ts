import type { Verification } from '../journal.ts';
import type { SignedHead } from '../signer.ts';
import { headOf, linkColumns, linkOf } from '../store/rows.ts';
import { type ChainPage, verifyChain } from '../verify-chain.ts';
import type { Witness } from '../witness.ts';
import { pages } from './pages.ts';
import { isDamage } from './problems.ts';
import type { Store } from './store.ts';

/** The witness and the ends are read first: what comes while the chain is walked is only more. */
export async function verifyStore(store: Store, witness: Witness): Promise<Verification> {
  const seen = witness.read();
  const walked = { facts: 0 };
  try {
    const ends = await store.run(() => endsOf(store));
    return await verifyChain({ journal: store.journal, pages: chainPages(store, walked), ends, witness: seen });
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { whole: false, ...walked, at: walked.facts + 1, reason: 'the file is damaged from here on' };
  }
}

async function* chainPages(store: Store, walked: { facts: number }): AsyncGenerator<ChainPage> {
  for await (const rows of pages(store, linkColumns, {})) {
    const range = [rows[0]?.seq as number, rows.at(-1)?.seq as number] as const;
    yield { links: rows.map(linkOf), heads: await headsIn(store, range) };
    walked.facts = range[1];
  }
}

const headsIn = (store: Store, range: readonly [number, number]): Promise<SignedHead[]> =>
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
