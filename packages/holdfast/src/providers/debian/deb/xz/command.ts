import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { type Decompress, type Packed, tooLarge } from '../packed.ts';
import { env, xzShells } from './shells.ts';

/** BusyBox has an `xz` too, without the options that we need. */
export const hasXzCommand = (): Promise<boolean> =>
  promisify(execFile)('sh', ['-c', 'xz --version'], { env }).then(
    ({ stdout }) => stdout.includes('liblzma'),
    () => false,
  );

/**
 * By the machine's own `xz`, which reads and writes the files itself: pipes through this process take three times the
 * CPU time. The kernel holds the limit (RLIMIT_FSIZE), so that no more is ever written than one block above it.
 */
export function xzByCommand(): Decompress {
  const run = xzShells();
  return async (packed, to, limit, signal) => {
    await using part = await endingPart(packed, `${to}.xz`, signal);
    const blocks = Math.floor(limit / block) + 1;
    const failure = await run({ input: part.file, offset: part.offset, output: to, blocks }, signal);
    const { size } = await stat(to);
    if (size > limit) throw tooLarge(packed, limit);
    if (failure !== undefined) throw new Error(failure);
    return size;
  };
}

/** POSIX counts the size of files in blocks of 512 bytes. */
const block = 512;

type Part = Pick<Packed, 'file' | 'offset'> & AsyncDisposable;

/** `xz` reads on until its stream ends: where more follows than the padding of an archive, it is given a copy. */
async function endingPart({ file, offset, length }: Packed, copy: string, signal: AbortSignal): Promise<Part> {
  const { size } = await stat(file);
  if (offset + length >= size - 1) return { file, offset, [Symbol.asyncDispose]: async () => {} };
  const part = { file: copy, offset: 0, [Symbol.asyncDispose]: () => rm(copy, { force: true }) };
  await copyOf({ file, offset, length }, copy, signal).catch(async error => {
    await part[Symbol.asyncDispose]();
    throw error;
  });
  return part;
}

async function copyOf({ file, offset, length }: Omit<Packed, 'kind'>, copy: string, signal: AbortSignal) {
  await using opened = await open(copy, 'w');
  const bytes = createReadStream(file, { start: offset, end: offset + length - 1 });
  await pipeline(bytes, opened.createWriteStream(), { signal });
}
