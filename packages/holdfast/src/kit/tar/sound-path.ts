import { spell, unsound } from './unsound.ts';

/** A part that is empty or made of one or two dots. */
const odd = /(^|\/)\.{0,2}(\/|$)/;

/** A path as a tree has it, relative to its root; empty for the root. Refuses what leads out of it. */
export function soundPath(text: string): string {
  const path = soundText(text);
  const from = path.startsWith('./') ? 2 : 0;
  const plain = path.slice(from, path.endsWith('/') ? -1 : undefined);
  return odd.test(plain) ? withoutOddParts(path) : plain;
}

function withoutOddParts(path: string): string {
  const parts = path.split('/');
  if (parts.includes('..')) throw unsound(`the path ${spell(path)} leads out of it`);
  return parts.filter(part => part !== '' && part !== '.').join('/');
}

/** The most that Linux takes in a call, in bytes (PATH_MAX). */
const longest = 4096;

/** A path or the target of a link, as a file system can have it. */
export function soundText(text: string): string {
  if (text.includes('\0')) throw unsound(`the path ${spell(text)} has a NUL in it`);
  if (Buffer.byteLength(text) > longest) throw unsound(`the path ${spell(text)} is too long`);
  return text;
}
