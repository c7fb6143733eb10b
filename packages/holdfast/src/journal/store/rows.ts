import type { Link } from '../chain.ts';
import type { Envelope, StoredFact } from '../fact.ts';
import type { SignedHead } from '../signer.ts';
import { unreadableFact } from './problems.ts';

/** As a store gives it: both have the same columns, and numbers, texts and nulls in them. */
export type Row = Readonly<Record<string, unknown>>;

export const envelopeColumns = 'seq, id, at, uncertainty, actor, system, environment, release, kind';
export const factColumns = `${envelopeColumns}, redacted, payload`;
export const linkColumns = `${envelopeColumns}, payload_hash, hash, salt, payload`;

export const envelopeOf = (row: Row): Envelope =>
  ({
    format: 1,
    seq: row.seq,
    id: row.id,
    at: row.at,
    ...(row.uncertainty === null ? {} : { uncertainty: row.uncertainty }),
    actor: row.actor,
    system: row.system,
    environment: row.environment,
    ...(row.release === null ? {} : { release: row.release }),
    kind: row.kind,
  }) as Envelope;

export const factOf = (row: Row): StoredFact => ({
  ...envelopeOf(row),
  payload: row.payload === null ? null : payloadOf(row),
  ...(row.redacted === null ? {} : { redacted: row.redacted as string }),
});

/** The parser's own error would quote the payload. */
function payloadOf(row: Row): unknown {
  try {
    return JSON.parse(row.payload as string);
  } catch {
    throw unreadableFact(row.seq as number);
  }
}

export const linkOf = (row: Row): Link => ({
  envelope: envelopeOf(row),
  payload: row.payload as string | null,
  salt: row.salt as string | null,
  payloadHash: row.payload_hash as string,
  hash: row.hash as string,
});

export const headOf = (journal: string, row: Row): SignedHead => ({
  journal,
  seq: row.seq as number,
  hash: row.hash as string,
  at: row.at as string,
  key: row.key as string,
  signature: row.signature as string,
});

/** A link's values, in the order of {@link linkColumns}. */
export function valuesOf({ envelope, ...link }: Link): readonly (string | number | null)[] {
  const { seq, id, at, uncertainty = null, actor, system, environment, release = null, kind } = envelope;
  const named = [seq, id, at, uncertainty, actor, system, environment, release, kind];
  return [...named, link.payloadHash, link.hash, link.salt, link.payload];
}
