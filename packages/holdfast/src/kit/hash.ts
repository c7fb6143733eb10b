import { createHmac, hash } from 'node:crypto';
import { canonical } from './json.ts';

/** SHA-256 in lower-case hex. */
export const sha256 = (data: string | Uint8Array): string => hash('sha256', data);

/** SHA-256 over the canonical JSON of a value, in lower-case hex. */
export const digestOf = (value: unknown): string => sha256(canonical(value));

/** HMAC-SHA-256 in hex: tells that a secret changed without telling the secret. */
export const keyedHash = (key: string, data: string | Uint8Array): string =>
  createHmac('sha256', key).update(data).digest('hex');
