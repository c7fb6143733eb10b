import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Digest } from '../../../ports/baked-image.ts';
import { hexOf } from '../format.ts';

export const blobPath = (folder: string, digest: Digest): string => join(folder, 'blobs/sha256', hexOf(digest));

export interface Blob {
  readonly digest: Digest;
  readonly size: number;
  readonly from: { readonly file: string } | { readonly text: string };
}

/** Brings a blob into a layout, unless it is there and what its name says. It appears whole. */
export async function bringBlob(folder: string, { digest, size, from }: Blob, signal: AbortSignal): Promise<void> {
  const path = blobPath(folder, digest);
  if (await isWhole(path, digest, size, signal)) return;
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    if ('text' in from) await writeFile(draft, from.text);
    else await linkOrCopy(from.file, draft);
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

/** A link takes neither time nor room; other file systems, and some that have no links, get a copy. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw error;
    return copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  });
}

export async function isWhole(path: string, digest: Digest, size: number, signal: AbortSignal): Promise<boolean> {
  const there = await stat(path).catch(() => undefined);
  return there?.size === size && (await sha256Of(path, signal)) === hexOf(digest);
}

async function sha256Of(path: string, signal: AbortSignal): Promise<string> {
  await using file = await open(path);
  const sum = createHash('sha256');
  const room = Buffer.allocUnsafe(1 << 20);
  for (;;) {
    signal.throwIfAborted();
    const { bytesRead } = await file.read(room, 0, room.length);
    if (bytesRead === 0) return sum.digest('hex');
    sum.update(room.subarray(0, bytesRead));
  }
}
