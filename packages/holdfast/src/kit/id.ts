import { createHash, randomBytes } from 'node:crypto';

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';

const spell = (bytes: Uint8Array, length: number): string =>
  Array.from(bytes.subarray(0, length), byte => alphabet[byte % alphabet.length]).join('');

/** A random id of 12 letters and digits (60 bits), safe in a DNS label, a file name and a shell. */
export const randomId = (): string => spell(randomBytes(12), 12);

export type NewId = () => string;

/**
 * An id that follows from a seed and a name. A plan is a pure function, so the ids of what it will create come from
 * its seed: the same plan input gives the same plan.
 */
export const derivedId = (seed: string, name: string): string =>
  spell(createHash('sha256').update(seed).update('\0').update(name).digest(), 12);
