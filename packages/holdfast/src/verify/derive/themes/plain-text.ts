import { isText, type Value } from '../../../model/value.ts';

/** A value that is known now; undefined where some of it is a secret, or known only later. */
export function plainText(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  if (!isText(value)) return undefined;
  const parts = value.$text.map(plainText);
  return parts.includes(undefined) ? undefined : parts.join('');
}
