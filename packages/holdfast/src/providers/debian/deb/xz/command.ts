import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { type Decompress, type Packed, tooLarge } from '../packed.ts';

/** BusyBox has an `xz` too, without the options that we need. */
export const hasXzCommand = (): Promise<boolean> =>
  promisify(execFile)('sh', ['-c', 'xz --version'], { env }).then(
    ({ stdout }) => stdout.includes('liblzma'),
    () => false,
  );

/**
 * By the machine's own `xz`, which is given the files themselves: pipes through this process take three times the
 * CPU time. The kernel holds the limit (RLIMIT_FSIZE), so that no more is ever written than one block above it.
 */
export const xzByCommand: Decompress = async (packed, to, limit, signal) => {
  await using input = await positioned(packed, `${to}.xz`, signal);
  await using output = await open(to, 'w');
  const failure = await xz(input.fd, output.fd, limit, signal);
  const { size } = await output.stat();
  if (size > limit) throw tooLarge(packed, limit);
  if (failure !== undefined) throw new Error(failure);
  return size;
};

/** `xz` reads on until its stream ends: where more follows than the padding of an archive, it is given a copy. */
async function positioned({ file, offset, length }: Packed, copy: string, signal: AbortSignal): Promise<FileHandle> {
  const { size } = await stat(file);
  if (offset + length >= size - 1) return skip(await open(file), offset);
  try {
    const part = createReadStream(file, { start: offset, end: offset + length - 1 });
    await pipeline(part, createWriteStream(copy), { signal });
    return await open(copy);
  } finally {
    await rm(copy, { force: true });
  }
}

/** Reading without a position moves that of the file, with which `xz` then begins. */
async function skip(file: FileHandle, length: number): Promise<FileHandle> {
  for (let left = length; left > 0; ) {
    const { bytesRead } = await file.read(Buffer.alloc(Math.min(left, 1 << 20)), 0, undefined, null);
    if (bytesRead === 0) break;
    left -= bytesRead;
  }
  return file;
}

/** Nothing of ours that tells `xz` what to do otherwise. */
const env = { PATH: process.env.PATH, LC_ALL: 'C' };

/** POSIX counts the size of files in blocks of 512 bytes. */
const block = 512;
/** `xz -9` needs 65 MiB. */
const memory = '--memlimit-decompress=256MiB';
/** Holes would be made in no time, however large: the limit holds for what is written. */
const script = `ulimit -f "$0"; exec xz --decompress --stdout --single-stream --no-sparse ${memory}`;

/** Undefined where it went well. */
async function xz(input: number, output: number, limit: number, signal: AbortSignal): Promise<string | undefined> {
  const blocks = String(Math.floor(limit / block) + 1);
  const stdio = [input, output, 'pipe'] as const;
  const child = spawn('sh', ['-c', script, blocks], { stdio: [...stdio], env, signal, killSignal: 'SIGKILL' });
  const said: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => said.length < 16 && said.push(chunk));
  const [code, killedBy] = await once(child, 'close');
  return code === 0 ? undefined : Buffer.concat(said).toString().trim() || `xz ended with ${killedBy ?? code}`;
}
