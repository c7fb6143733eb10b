import { isSecretValue, isText, type Value } from '../../../model/value.ts';
import type { Reveal } from '../../../ports/secrets.ts';

/** Reveals values whose secrets are in the map. */
export const revealing = (secrets: ReadonlyMap<string, string>): Reveal => {
  const reveal = (value: Value): string => {
    if (typeof value === 'string') return value;
    if (isText(value)) return value.$text.map(reveal).join('');
    return isSecretValue(value) ? (secrets.get(value.$secret) ?? '') : '';
  };
  return reveal;
};
