import type { Clock } from '../../kit/clock.ts';
import type { Unplaced } from '../chain.ts';
import type { Envelope } from '../fact.ts';
import type { Machine } from '../store/machine.ts';
import { redactableIn } from '../store/redactable.ts';
import { envelopeColumns } from '../store/rows.ts';
import { appendBehind, endIn, lockingEnd, remember, type Written } from './append.ts';
import type { Asked, Store } from './store.ts';

/** Wipes a payload and its salt, and says so in the chain, as one. A second time does nothing, after a lost commit too. */
export async function redact(
  store: Store,
  { signer, witness }: Machine,
  seq: number,
  reason: string,
  clock: Clock,
  noteOn: (fact: Envelope) => Unplaced,
): Promise<void> {
  const seen = witness.read();
  let written: Written | undefined;
  await store.transact(async (on, { row }) => {
    const fact = await redactable(store, on, seq);
    if (!fact) return;
    await on.query(`update ${store.tables.facts} set payload = null, salt = null, redacted = $2 where seq = $1`, [
      seq,
      reason,
    ]);
    const end = endIn(store, row);
    written = await appendBehind(store, on, { end, facts: [noteOn(fact)], signer, clock, seen });
  }, lockingEnd(store));
  if (!written) return;
  remember(witness, written, seen);
  await wipe(store);
}

async function redactable({ address, tables }: Store, on: Asked, seq: number): Promise<Envelope | undefined> {
  const { rows } = await on.query(`select ${envelopeColumns}, redacted from ${tables.facts} where seq = $1`, [seq]);
  return redactableIn(address.shown, seq, rows[0]);
}

/** The old version of the row still holds the payload. Where the role may not do that, the database does it in its time. */
const wipe = (store: Store): Promise<unknown> =>
  store.run(on => on.query(`vacuum ${store.tables.facts}`)).catch(() => undefined);
