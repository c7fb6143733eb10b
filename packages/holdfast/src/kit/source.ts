import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Slice } from './tree.ts';

/** Bytes that are read where they are needed: of a file, or of memory. */
export interface Source {
  /** For people. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Good until the next call. Throws a RangeError for what is not all there. */
  at(offset: number, length: number): Buffer;
  /** The same as content that is read later, or shares memory. */
  part(offset: number, length: number): Uint8Array | Slice;
}

/** Large enough for the headers of some twenty small files in an archive, and read in some microseconds. */
const atOnce = 1 << 16;

/** Reads as it goes, and holds no more than 64 KiB, or the longest that it was asked for. */
export function fileSource(file: string): Source & Disposable {
  const handle = openSync(file, 'r');
  const { size } = fstatSync(handle);
  let window = Buffer.allocUnsafe(atOnce);
  let [start, filled] = [0, 0];
  const fill = (offset: number, length: number): void => {
    if (length > window.length) window = Buffer.allocUnsafe(length);
    [start, filled] = [offset, 0];
    for (let read = 1; read > 0 && filled < length; filled += read)
      read = readSync(handle, window, filled, window.length - filled, offset + filled);
  };
  return {
    name: file,
    size,
    at(offset, length) {
      if (offset >= 0 && (offset < start || offset + length > start + filled)) fill(offset, length);
      return inside(window.subarray(0, filled), offset - start, length);
    },
    part: offset => ({ file, offset }),
    [Symbol.dispose]: () => closeSync(handle),
  };
}

export function bytesSource(name: string, bytes: Uint8Array): Source {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = (offset: number, length: number): Buffer => inside(buffer, offset, length);
  return { name, size: bytes.length, at, part: at };
}

function inside(bytes: Buffer, offset: number, length: number): Buffer {
  if (offset < 0 || offset + length > bytes.length) throw new RangeError(`${length} bytes at ${offset} are not there`);
  return bytes.subarray(offset, offset + length);
}
