import type { Clock } from '../../kit/clock.ts';
import type { Unplaced } from '../chain.ts';
import type { Envelope } from '../fact.ts';
import type { Machine } from '../store/machine.ts';
import { redactableIn } from '../store/redactable.ts';
import { envelopeColumns } from '../store/rows.ts';
import { appendInside, remember } from './append.ts';
import type { Store } from './store.ts';

/** Wipes a payload and its salt, and says so in the chain, as one. A second time does nothing. */
export async function redact(
  store: Store,
  { signer, witness }: Machine,
  seq: number,
  reason: string,
  clock: Clock,
  noteOn: (fact: Envelope) => Unplaced,
): Promise<void> {
  const head = await store.transact(() => {
    const fact = redactable(store, seq);
    if (!fact) return undefined;
    store.prepare('update facts set payload = null, salt = null, redacted = ? where seq = ?').run(reason, seq);
    return appendInside(store, signer, [noteOn(fact)], clock);
  });
  if (!head) return;
  remember(store, witness, head);
  await store.run(() => wipeLog(store));
}

/** The write-ahead log still holds the payload. Where a reader is in its way, a later checkpoint writes over it. */
const wipeLog = (store: Store): void => void store.prepare('pragma wal_checkpoint(truncate)').all();

const redactable = (store: Store, seq: number): Envelope | undefined =>
  redactableIn(store.path, seq, store.prepare(`select ${envelopeColumns}, redacted from facts where seq = ?`).get(seq));
