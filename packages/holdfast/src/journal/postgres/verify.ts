import type { Verification } from '../journal.ts';
import type { SignedHead } from '../signer.ts';
import { headOf, linkColumns, linkOf } from '../store/rows.ts';
import { type ChainPage, verifyChain } from '../verify-chain.ts';
import type { Witness } from '../witness.ts';
import { isDamage } from './connection/problems.ts';
import { pages } from './pages.ts';
import type { Store } from './store.ts';

/** The witness and the ends are read first: what comes while the chain is walked is only more. */
export async function verifyStore(store: Store, witness: Witness): Promise<Verification> {
  const seen = witness.read();
  const walked = { facts: 0 };
  try {
    const ends = await endsOf(store);
    return await verifyChain({ journal: store.journal, pages: chainPages(store, walked), ends, witness: seen });
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { whole: false, ...walked, at: walked.facts + 1, reason: 'the database is damaged from here on' };
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
  store.run(async on => {
    const { rows } = await on.query(`select * from ${store.tables.heads} where seq between $1 and $2`, [...range]);
    return rows.map(row => headOf(store.journal, row));
  });

/** The head that writers go on from counts as one that was signed: it may be all that is left of an end that was cut off. */
const endsOf = (store: Store): Promise<{ facts: number; heads: number }> =>
  store.run(async on => {
    const { facts, heads, journal } = store.tables;
    const { rows } = await on.query(
      `select (select coalesce(max(seq), 0) from ${facts}) as facts,
        greatest((select max(seq) from ${heads}), (select seq from ${journal})) as heads`,
    );
    return rows[0];
  });
