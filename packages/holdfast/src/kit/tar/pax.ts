import { spell, textOf, unsound } from './unsound.ts';

/** What an extended header says in place of the header that follows it. */
export interface Extended {
  readonly path?: string | undefined;
  readonly linkpath?: string | undefined;
  readonly size?: number | undefined;
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
  /** Whole seconds since 1970, rounded down. */
  readonly mtime?: number | undefined;
  readonly capability?: Uint8Array | undefined;
}

/** How star, GNU tar and Docker spell the one extended attribute that a program may need to work. */
export const capabilityKey = 'SCHILY.xattr.security.capability';

/** Records of `length key=value\n` (IEEE Std 1003.1, pax interchange format). An empty value takes back one said before. */
export function extendedOf(bytes: Buffer): Extended {
  const extended: Record<string, string | number | Uint8Array | undefined> = {};
  for (const [key, value] of recordsOf(bytes)) {
    if (key.startsWith('GNU.sparse.')) throw unsound('it has a sparse file');
    if (key === capabilityKey) extended.capability = value.length === 0 ? undefined : Uint8Array.from(value);
    const read = readers.get(key);
    if (read) extended[key] = value.length === 0 ? undefined : read(textOf(value), key);
  }
  return extended;
}

const text = (value: string): string => value;
const readers: ReadonlyMap<string, (value: string, key: string) => string | number> = new Map<
  string,
  typeof natural | typeof text
>([
  ['path', text],
  ['linkpath', text],
  ['size', natural],
  ['uid', natural],
  ['gid', natural],
  ['mtime', seconds],
]);

/** The longest length that makes sense has seven digits. */
const lengthDigits = 7;

function* recordsOf(bytes: Buffer): Generator<readonly [key: string, value: Buffer]> {
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.subarray(0, at + lengthDigits + 1).indexOf(' ', at);
    const digits = blank < 0 ? '' : bytes.toString('latin1', at, blank);
    const end = at + Number(digits);
    const equals = bytes.indexOf('=', blank);
    const isWhole = /^[1-9]\d*$/.test(digits) && end <= bytes.length && bytes[end - 1] === 0x0a;
    if (!isWhole || equals < 0 || equals >= end) throw unsound('an extended header is broken');
    yield [bytes.toString('latin1', blank + 1, equals), bytes.subarray(equals + 1, end - 1)];
    at = end;
  }
}

function natural(text: string, key: string): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw unsound(`its ${key} is ${spell(text)}`);
  return value;
}

function seconds(text: string, key: string): number {
  if (!/^-?\d{1,15}(\.\d{0,40})?$/.test(text)) throw unsound(`its ${key} is ${spell(text)}`);
  return Math.floor(Number(text));
}
