import { randomBytes } from 'node:crypto';

/** Letters and digits: goes unquoted into a URL, a shell and a connection string. */
export function password(length: number): string {
  const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
  const fair = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length)
    for (const byte of randomBytes(length)) if (byte < fair) text += alphabet[byte % alphabet.length];
  return text.slice(0, length);
}
