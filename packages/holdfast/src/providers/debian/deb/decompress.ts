import { createReadStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { PassThrough, Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { Problem } from '../../../kit/problem.ts';
import { fileSource } from '../../../kit/source.ts';
import { type Decompress, damaged, type Packed, tooLarge } from './packed.ts';
import { hasXzCommand, xzByCommand } from './xz/command.ts';
import { declaredSize } from './xz/declared-size.ts';
import { xzByThreads } from './xz/threads.ts';

export interface DecompressOptions {
  /** What reads xz. Default: the machine's own `xz` where it is that of XZ Utils, else WebAssembly on threads. */
  readonly xz?: 'command' | 'wasm';
  /** How many threads at most, where they are needed. Default: one for each core. */
  readonly threads?: number;
}

export function decompressor({ xz, threads = availableParallelism() }: DecompressOptions = {}): Decompress {
  const [byThreads, byCommand] = [xzByThreads(threads), xzByCommand()];
  let command: Promise<boolean> | undefined;
  const byXz: Decompress = async (...ask) => {
    checkDeclared(...ask);
    command ??= xz ? Promise.resolve(xz === 'command') : hasXzCommand();
    // A shell is given paths by lines.
    const isOneLine = !`${ask[0].file}${ask[1]}`.includes('\n');
    return isOneLine && (await command) ? byCommand(...ask) : byThreads(...ask);
  };
  return (...ask) => whole(ask[0].kind === 'xz' ? byXz : byNode, ...ask);
}

/** Before a byte is written. */
const checkDeclared = (...[packed, , limit]: Parameters<Decompress>): void => {
  using source = fileSource(packed.file);
  if (declaredSize(source, packed) > limit) throw tooLarge(packed, limit);
};

/** All of it, or nothing. */
async function whole(decompress: Decompress, ...[packed, to, limit, signal]: Parameters<Decompress>): Promise<number> {
  signal.throwIfAborted();
  try {
    return await decompress(packed, to, limit, signal);
  } catch (error) {
    await rm(to, { force: true });
    signal.throwIfAborted();
    throw error instanceof Problem ? error : damaged(packed, error);
  }
}

const byNode: Decompress = async (packed, to, limit, signal) => {
  async function* within(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let size = 0;
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > limit) throw tooLarge(packed, limit);
      yield chunk;
    }
  }
  // A stream that opens its file by itself may still do so after it failed: the file would be there again.
  await using file = await open(to, 'w');
  await pipeline(partOf(packed), unpackerOf(packed), within, file.createWriteStream(), { signal });
  return (await stat(to)).size;
};

/** The end of a read stream is its last byte, so that it can't be an empty one. */
const partOf = ({ file, offset, length }: Packed): Readable =>
  length === 0
    ? Readable.from([])
    : createReadStream(file, { start: offset, end: offset + length - 1, highWaterMark: atOnce });

const unpackerOf = ({ kind }: Packed): Transform =>
  kind === 'gz'
    ? createGunzip({ chunkSize: atOnce })
    : kind === 'zst'
      ? createZstdDecompress({ chunkSize: atOnce })
      : new PassThrough();

/** Bytes: a list of all packages goes through in four hundred pieces, not in three thousand. */
const atOnce = 1 << 17;
