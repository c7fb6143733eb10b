import { isHandle, subject } from './handle.ts';
import { isLater } from './later.ts';

/** A given value in the words of an error. Objects by their kind alone: they may hold what nobody should read. */
export function spell(value: unknown): string {
  if (typeof value === 'string' && /AGE-SECRET-KEY-/i.test(value)) return 'a private key';
  if (typeof value === 'string') return spellText(withoutPassword(value));
  if (value === null || typeof value !== 'object') return spellScalar(value);
  if (isHandle(value)) return subject(value.kind, value.name);
  if (isLater(value)) return 'a Ref';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  return value instanceof Promise ? 'a Promise' : 'an object';
}

const spellText = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text);

/** A URL that is wrong may hold one that is right. */
const withoutPassword = (text: string): string => text.replace(/(:\/\/[^\s:/@]*):[^\s@]*@/g, '$1:[secret]@');

const spellScalar = (value: unknown): string => (typeof value === 'function' ? 'a function' : String(value));

/** `ports.http`, `files["/run/key"]`, `command[1]`. */
export const spellPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, key) => text + spellKey(key, text === ''), '');

function spellKey(key: PropertyKey, first: boolean): string {
  if (typeof key === 'number') return `[${key}]`;
  const name = String(key);
  if (!/^[\w$]+$/.test(name)) return `[${JSON.stringify(name)}]`;
  return first ? name : `.${name}`;
}
