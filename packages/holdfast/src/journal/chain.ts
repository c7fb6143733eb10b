import { randomBytes } from 'node:crypto';
import { sha256 } from '../kit/hash.ts';
import { canonical } from '../kit/json.ts';
import type { Envelope } from './fact.ts';

/** A fact that has no place yet; its payload is JSON text already, so that nobody can change it on the way. */
export interface Unplaced {
  readonly envelope: Omit<Envelope, 'seq'>;
  readonly payload: string;
}

/** A fact in its place. Hashes are SHA-256 in lower-case hex. */
export interface Link {
  readonly envelope: Envelope;
  /** JSON text; null once it is redacted. */
  readonly payload: string | null;
  /** Random, and deleted with the payload: without it a short payload can't be guessed from its hash. */
  readonly salt: string | null;
  readonly payloadHash: string;
  readonly hash: string;
}

/** The newest link, which is what the next one holds on to. */
export interface ChainEnd {
  readonly seq: number;
  readonly hash: string;
}

/** What the first link of a journal holds on to, so that links of one journal never fit into another. */
export const chainStart = (journal: string): ChainEnd => ({ seq: 0, hash: sha256(`holdfast journal ${journal}`) });

export const payloadHash = (salt: string, payload: string): string => sha256(salt + payload);

export const linkHash = (previous: string, envelope: Envelope, sealed: string): string =>
  sha256(previous + canonical(envelope) + sealed);

/** Gives facts their places behind the end of the chain. */
export function chain(end: ChainEnd, facts: readonly Unplaced[], newSalts = randomSalts): Link[] {
  const salts = newSalts(facts.length);
  let last = end;
  return facts.map((fact, at) => {
    const link = linked(last, fact, salts[at] as string);
    last = endAt(link);
    return link;
  });
}

export const endAt = ({ envelope, hash }: Link): ChainEnd => ({ seq: envelope.seq, hash });

function linked(last: ChainEnd, { envelope: unplaced, payload }: Unplaced, salt: string): Link {
  const envelope = { ...unplaced, seq: last.seq + 1 };
  const sealed = payloadHash(salt, payload);
  return { envelope, payload, salt, payloadHash: sealed, hash: linkHash(last.hash, envelope, sealed) };
}

/** One call for all: asking the system's source for each salt costs more than all of the hashing. */
function randomSalts(count: number): string[] {
  const hex = randomBytes(16 * count).toString('hex');
  return Array.from({ length: count }, (_, at) => hex.slice(32 * at, 32 * (at + 1)));
}
