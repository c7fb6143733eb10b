import type { Clock } from '../../kit/clock.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import type { Unplaced } from '../chain.ts';
import type { Envelope } from '../fact.ts';
import { appendInside, type Machine, remember } from './append.ts';
import { envelopeColumns, envelopeOf } from './rows.ts';
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

/** Undefined where it is redacted already. */
function redactable(store: Store, seq: number): Envelope | undefined {
  const row = store.prepare(`select ${envelopeColumns}, redacted from facts where seq = ?`).get(seq);
  if (!row) throw refused(store, seq, 'there is no such fact');
  if (row.kind === 'fact.redacted') throw refused(store, seq, 'it says why another payload is gone');
  return row.redacted === null ? envelopeOf(row) : undefined;
}

const refused = (store: Store, seq: number, why: string): Problem =>
  new Problem({
    what: `Fact ${seq} can't be redacted`,
    where: store.path,
    why,
    fix: 'See `holdfast journal` for the facts and their numbers',
    exit: exitCode.wrongUse,
  });
