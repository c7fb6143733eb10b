import { type Clock, iso } from '../../kit/clock.ts';
import { type ChainEnd, chain, chainStart, endAt, type Unplaced } from '../chain.ts';
import type { SignedHead, Signer } from '../signer.ts';
import type { Machine } from '../store/machine.ts';
import type { Witness } from '../witness.ts';
import { insertHead, insertLink } from './insert.ts';
import type { Store } from './store.ts';

/** Puts the facts at the end of the chain in one transaction and signs the new end, once. */
export async function appendDurably(
  store: Store,
  { signer, witness }: Machine,
  facts: readonly Unplaced[],
  clock: Clock,
): Promise<void> {
  const head = await store.transact(() => appendInside(store, signer, facts, clock));
  remember(store, witness, head);
}

/** Inside of a transaction. At least one fact. */
export function appendInside(store: Store, signer: Signer, facts: readonly Unplaced[], clock: Clock): SignedHead {
  const links = chain(chainEnd(store), facts);
  for (const link of links) insertLink(store, link);
  const end = links.map(endAt).at(-1) as ChainEnd;
  const head = signer.sign({ journal: store.journal, ...end, at: iso(clock()) });
  insertHead(store, head);
  return head;
}

/** The facts are durable already, so a witness that can't be written must not make their writer believe otherwise. */
export function remember(store: Store, witness: Witness, head: SignedHead): void {
  try {
    witness.advance(head, seen => hashAt(store, seen.seq) === seen.hash);
  } catch {
    return;
  }
}

const hashAt = (store: Store, seq: number): unknown =>
  store.prepare('select hash from facts where seq = ?').get(seq)?.hash;

function chainEnd(store: Store): ChainEnd {
  const row = store.prepare('select seq, hash from facts order by seq desc limit 1').get();
  return row ? { seq: row.seq as number, hash: row.hash as string } : chainStart(store.journal);
}
