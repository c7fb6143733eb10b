import type { TreeEntry } from '../tree.ts';
import { type OpenFiles, openFiles } from './open-files.ts';
import { capabilityKey } from './pax.ts';

export interface TarBytesOptions {
  /**
   * Two buffers in turn: a chunk is good until the one after the next is asked for. To collect hundreds of megabytes of
   * buffers takes longer than to fill them. Default: each chunk is the caller's to keep.
   */
  readonly reuse?: boolean;
}

/**
 * The bytes of a tar archive: POSIX ustar, with a pax header for what does not fit (IEEE Std 1003.1, pax interchange
 * format). The same entries give the same bytes; the order is the caller's. Content is read as it is needed.
 */
export async function* tarOf(
  entries: Iterable<TreeEntry>,
  { reuse = false }: TarBytesOptions = {},
): AsyncGenerator<Uint8Array> {
  yield* chunksOf(entries, reuse ? inTurn() : () => Buffer.allocUnsafe(chunk));
}

function inTurn(): () => Buffer {
  let [here, there] = [Buffer.allocUnsafeSlow(reused), Buffer.allocUnsafeSlow(reused)];
  return () => {
    [here, there] = [there, here];
    return here;
  };
}

const block = 512;
const chunk = 1 << 18;
const reused = 1 << 20;

/** Content goes from its file straight to its place in a chunk. */
function* chunksOf(entries: Iterable<TreeEntry>, next: () => Buffer): Generator<Uint8Array> {
  using files = openFiles();
  let [buffer, filled] = [next(), 0];
  for (const piece of piecesOf(entries)) {
    for (let done = 0; done < piece.size; ) {
      const room = buffer.subarray(filled, filled + piece.size - done);
      piece.fill(room, done, files);
      done += room.length;
      filled += room.length;
      if (filled < buffer.length) continue;
      yield buffer;
      [buffer, filled] = [next(), 0];
    }
  }
  yield buffer.subarray(0, filled);
}

/** A run of bytes that knows how to get itself into a chunk, part by part. */
interface Piece {
  readonly size: number;
  fill(room: Buffer, from: number, files: OpenFiles): void;
}

function* piecesOf(entries: Iterable<TreeEntry>): Generator<Piece> {
  for (const entry of entries) {
    checkWritable(entry);
    yield bytesPiece(headerOf(entry));
    if (entry.type !== 'file' || entry.size === 0) continue;
    yield contentPiece(entry);
    yield bytesPiece(padding(entry.size));
  }
  yield bytesPiece(new Uint8Array(2 * block));
}

const bytesPiece = (bytes: Uint8Array): Piece => ({
  size: bytes.length,
  fill: (room, from) => room.set(bytes.subarray(from, from + room.length)),
});

/** What a header would hold otherwise than it was meant, and no reader could tell. */
function checkWritable({ path, link = '', mode, uid, gid, size, mtime }: TreeEntry): void {
  const numbers = [mode, uid, gid, size, mtime];
  const isWhole = numbers.every(Number.isSafeInteger) && Math.min(mode, uid, gid, size) >= 0 && mode <= 0o7777;
  if (!isWhole) throw new Error(`${path} has a number that can't be written: ${numbers.join(' ')}`);
  if (path === '' || [path, link].some(text => text.includes('\0') || !text.isWellFormed()))
    throw new Error(`${JSON.stringify(path)} can't be written as a path, or its link`);
}

function contentPiece({ path, content, size }: TreeEntry): Piece {
  if (!content) throw new Error(`${path} has ${size} bytes and no content`);
  if (content instanceof Uint8Array) {
    if (content.length !== size) throw new Error(`${path} has ${content.length} bytes in place of ${size}`);
    return bytesPiece(content);
  }
  const { file, offset } = content;
  return {
    size,
    fill: (room, from, files) => {
      if (!files.fill(room, file, offset + from)) throw new Error(`${file} ends before ${path} does`);
    },
  };
}

const zeros = new Uint8Array(block);
const padding = (size: number): Uint8Array => zeros.subarray(0, (block - (size % block)) % block);

const flags = {
  file: '0',
  hardlink: '1',
  symlink: '2',
  character: '3',
  block: '4',
  directory: '5',
  fifo: '6',
} as const satisfies Record<TreeEntry['type'], string>;

/** The largest number that eleven octal digits hold. */
const largest = 0o77777777777;
/** The largest id that seven octal digits hold. */
const largestId = 0o7777777;

function headerOf(entry: TreeEntry): Uint8Array {
  const name = entry.type === 'directory' ? `${entry.path}/` : entry.path;
  const size = entry.type === 'file' ? entry.size : 0;
  const extended = extendedOf(name, size, entry);
  const plain = ustar({ ...entry, name: cut(name), link: cut(entry.link ?? ''), size, flag: flags[entry.type] });
  if (extended.length === 0) return plain;
  const head = ustar({
    name: 'PaxHeader',
    link: '',
    mode: 0o644,
    uid: 0,
    gid: 0,
    mtime: 0,
    size: extended.length,
    flag: 'x',
  });
  return Buffer.concat([head, extended, padding(extended.length), plain]);
}

const fits = (text: string): boolean => Buffer.byteLength(text) <= 100 && /^[\x20-\x7e]*$/.test(text);
const cut = (text: string): string => (fits(text) ? text : text.replace(/[^\x20-\x7e]/g, '_').slice(0, 100));

function extendedOf(name: string, size: number, { link = '', uid, gid, mtime, capability }: TreeEntry): Buffer {
  const records: readonly (readonly [string, string | number | Uint8Array, boolean])[] = [
    [capabilityKey, capability ?? '', capability !== undefined],
    ['gid', gid, gid > largestId],
    ['linkpath', link, !fits(link)],
    ['mtime', mtime, mtime > largest || mtime < 0],
    ['path', name, !fits(name)],
    ['size', size, size > largest],
    ['uid', uid, uid > largestId],
  ];
  return Buffer.concat(records.flatMap(([key, value, isNeeded]) => (isNeeded ? record(key, value) : [])));
}

/** `length key=value\n`, where the length counts its own digits too. */
function record(key: string, value: string | number | Uint8Array): Buffer {
  const rest = [` ${key}=`, value instanceof Uint8Array ? value : String(value), '\n'].map(part =>
    Buffer.from(part as string),
  );
  const bytes = rest.reduce((sum, part) => sum + part.length, 0);
  const length = [1, 2, 3, 4].map(digits => bytes + digits).find((total, index) => String(total).length === index + 1);
  return Buffer.concat([Buffer.from(String(length ?? bytes + 5)), ...rest]);
}

interface Header extends Pick<TreeEntry, 'mode' | 'uid' | 'gid' | 'mtime' | 'size'> {
  readonly name: string;
  readonly link: string;
  readonly flag: string;
}

function ustar({ name, link, mode, uid, gid, mtime, size, flag }: Header): Uint8Array {
  const header = Buffer.alloc(block);
  header.write(name, 0, 100, 'latin1');
  octal(header, 100, 8, mode);
  octal(header, 108, 8, uid > largestId ? 0 : uid);
  octal(header, 116, 8, gid > largestId ? 0 : gid);
  octal(header, 124, 12, size > largest ? 0 : size);
  octal(header, 136, 12, mtime > largest || mtime < 0 ? 0 : mtime);
  header.fill(' ', 148, 156);
  header.write(flag, 156, 1, 'latin1');
  header.write(link, 157, 100, 'latin1');
  header.write('ustar\x0000', 257, 8, 'latin1');
  let sum = 0;
  for (let at = 0; at < block; at += 1) sum += header[at] ?? 0;
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 8, 'latin1');
  return header;
}

const octal = (header: Buffer, at: number, width: number, value: number): void =>
  void header.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at, width, 'latin1');
