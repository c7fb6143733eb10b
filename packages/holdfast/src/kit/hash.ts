import { createHash, createHmac } from 'node:crypto';
import { canonical } from './json.ts';

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** SHA-256 over the canonical JSON of a value, in lower-case hex. */
export const digestOf = (value: unknown): string => sha256(canonical(value));

/** HMAC-SHA-256 in hex: tells that a secret changed without telling the secret. */
export const keyedHash = (key: string, data: string | Uint8Array): string =>
  createHmac('sha256', key).update(data).digest('hex');
