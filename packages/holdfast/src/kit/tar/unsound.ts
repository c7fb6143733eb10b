import { isUtf8 } from 'node:buffer';
import { Problem } from '../problem.ts';

/** Says what is wrong with an archive; who knows its name adds it. */
export const unsound = (why: string): Problem => new Problem({ what: why });

/** A name that may hold anything, for people. */
export const spell = (name: string): string => JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name);

/** Names in other encodings can't be told apart once they are text. */
export function textOf(bytes: Buffer): string {
  const text = bytes.toString();
  if (text.includes('\ufffd') && !isUtf8(bytes)) throw unsound(`the name ${spell(text)} is not UTF-8`);
  return text;
}

/** What stands before the first NUL, or all of it. */
export function textBeforeNul(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return textOf(end < 0 ? bytes : bytes.subarray(0, end));
}
