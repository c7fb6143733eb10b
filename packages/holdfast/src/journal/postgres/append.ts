import { type Clock, iso } from '../../kit/clock.ts';
import { type ChainEnd, chain, chainStart, endAt, type Link, type Unplaced } from '../chain.ts';
import type { SignedHead, Signer } from '../signer.ts';
import type { Machine } from '../store/machine.ts';
import { linkColumns, type Row, valuesOf } from '../store/rows.ts';
import type { Witness } from '../witness.ts';
import type { Asked, Store } from './store.ts';

/**
 * Puts the facts at the end of the chain in one transaction and signs the new end, once. Where the connection was lost
 * while it was committed, nobody knows whether they are there: then they are looked for by their ids, behind the same
 * lock, for which a commit that is still under way is waited.
 */
export async function appendDurably(
  store: Store,
  { signer, witness }: Machine,
  facts: readonly Unplaced[],
  clock: Clock,
): Promise<void> {
  const seen = witness.read();
  let written: Written | undefined;
  await store.transact(async (on, { tries, row }) => {
    if (tries > 0 && (await isThere(store, on, facts))) return;
    written = await appendBehind(store, on, { end: endIn(store, row), facts, signer, clock, seen });
  }, lockingEnd(store));
  if (written) remember(witness, written, seen);
}

export interface Appending {
  readonly end: ChainEnd;
  readonly facts: readonly Unplaced[];
  readonly signer: Signer;
  readonly clock: Clock;
  /** What this machine saw last. */
  readonly seen: SignedHead | undefined;
}

/** A new head, and the hash of the fact at the place that this machine saw last. */
export interface Written {
  readonly head: SignedHead;
  readonly seenHash: unknown;
}

/** Asks for the end of the chain. Until the transaction is over, it is nobody else's to go on from. */
export const lockingEnd = ({ tables }: Store): string => `select seq, hash from ${tables.journal} for update`;

export const endIn = ({ journal }: Store, row: Row | undefined): ChainEnd =>
  typeof row?.hash === 'string' ? { seq: row.seq as number, hash: row.hash } : chainStart(journal);

/** Behind {@link lockingEnd}. All at once: others wait. */
export async function appendBehind({ tables, journal }: Store, on: Asked, parts: Appending): Promise<Written> {
  const { end, facts, signer, clock, seen } = parts;
  const links = chain(end, facts);
  const last = links.map(endAt).at(-1) as ChainEnd;
  const head = signer.sign({ journal, ...last, at: iso(clock()) });
  const { rows } = await on.query(
    `with appended as (insert into ${tables.facts} (${linkColumns}) select * from unnest(${arrays})),
      signed as (insert into ${tables.heads} (seq, hash, at, key, signature) values ($14, $15, $16, $17, $18)),
      rung as (select pg_notify('${tables.journal}', ''))
    update ${tables.journal} set seq = $14, hash = $15
      returning (select hash from ${tables.facts} where seq = $19) as seen, (select count(*) from rung)`,
    [...columnsOf(links), head.seq, head.hash, head.at, head.key, head.signature, seen?.seq],
  );
  return { head, seenHash: rows[0]?.seen };
}

/** In the order of {@link linkColumns}. */
const arrays = [
  ...['bigint', 'text', 'text', 'double precision', 'text', 'text', 'text', 'text', 'text'],
  ...['text', 'text', 'text', 'text'],
]
  .map((type, at) => `$${at + 1}::${type}[]`)
  .join(', ');

function columnsOf(links: readonly Link[]): unknown[][] {
  const rows = links.map(valuesOf);
  return (rows[0] ?? []).map((_, column) => rows.map(row => row[column]));
}

/** All of them or none: they were in one transaction. */
async function isThere({ tables }: Store, on: Asked, facts: readonly Unplaced[]): Promise<boolean> {
  const { rows } = await on.query(`select 1 from ${tables.facts} where id = $1`, [facts[0]?.envelope.id]);
  return rows.length > 0;
}

/** The facts are durable already, so a witness that can't be written must not make their writer believe otherwise. */
export function remember(witness: Witness, { head, seenHash }: Written, seen: SignedHead | undefined): void {
  try {
    witness.advance(head, now => now.seq === seen?.seq && now.hash === seenHash);
  } catch {
    return;
  }
}
