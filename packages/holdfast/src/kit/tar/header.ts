import { textBeforeNul, unsound } from './unsound.ts';

/** One block of 512 bytes, as it stands: `ustar`, GNU's, or that of the seventh edition. */
export interface TarHeader {
  readonly flag: string;
  readonly name: string;
  readonly link: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly mtime: number;
}

export const blockSize = 512;

/** Undefined for the block of zeros with which an archive ends. */
export function headerOf(block: Buffer): TarHeader | undefined {
  if (block[0] === 0 && block.every(byte => byte === 0)) return undefined;
  checkSum(block);
  return {
    flag: block[156] === 0 ? '0' : block.toString('latin1', 156, 157),
    name: nameOf(block),
    link: textBeforeNul(block.subarray(157, 257)),
    mode: natural(block, 100, 8, 'mode') & 0o7777,
    uid: natural(block, 108, 8, 'user id'),
    gid: natural(block, 116, 8, 'group id'),
    size: natural(block, 124, 12, 'size'),
    mtime: numberOf(block.subarray(136, 148), 'time'),
  };
}

/** GNU's own format has times where POSIX has the prefix of a long name; it says `ustar` with a blank behind it. */
function nameOf(block: Buffer): string {
  const name = textBeforeNul(block.subarray(0, 100));
  const isPosix = block.toString('latin1', 257, 263) === 'ustar\0';
  const prefix = isPosix ? textBeforeNul(block.subarray(345, 500)) : '';
  return prefix ? `${prefix}/${name}` : name;
}

/** The sum of all bytes, its own place taken as blanks; some old archives added them as signed ones. */
function checkSum(block: Buffer): void {
  let [sum, negative] = [8 * 0x20, 0];
  for (let at = 0; at < blockSize; at++) {
    if (at === 148) at = 156;
    const byte = block[at] ?? 0;
    sum += byte;
    if (byte > 127) negative += 256;
  }
  const said = numberOf(block.subarray(148, 156), 'checksum');
  if (said !== sum && said !== sum - negative) throw unsound('the checksum of a header is wrong');
}

function natural(block: Buffer, at: number, width: number, what: string): number {
  const value = numberOf(block.subarray(at, at + width), what);
  if (value < 0) throw unsound(`its ${what} is below zero`);
  return value;
}

const octal = /^ *([0-7]*)[ \0]*$/;

/** Octal digits, or GNU's two's complement of 256 where the first bit is set. */
function numberOf(field: Buffer, what: string): number {
  if ((field[0] ?? 0) & 0x80) return ofBase256(field, what);
  const [, digits] = octal.exec(field.toString('latin1')) ?? [];
  if (digits === undefined) throw unsound(`its ${what} is no octal number`);
  return digits === '' ? 0 : Number.parseInt(digits, 8);
}

function ofBase256(field: Buffer, what: string): number {
  const bits = BigInt(8 * field.length - 1);
  const value = Number(BigInt.asIntN(Number(bits), BigInt(`0x${field.toString('hex')}`)));
  if (!Number.isSafeInteger(value)) throw unsound(`its ${what} is beyond all bounds`);
  return value;
}
