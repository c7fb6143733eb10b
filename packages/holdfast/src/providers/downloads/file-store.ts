import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exitCode, Problem } from '../../kit/problem.ts';
import type { WantedFile } from '../../ports/downloads.ts';

type Digest = WantedFile['digest'];

/** Files by what is in them: `<folder>/<algorithm>/<2 hex>/<hex>`, each whole or not there. Its time tells the last use. */
export interface FileStore {
  pathOf(digest: Digest): string;
  has(digest: Digest): boolean;
  /** Reads the whole file. */
  look(digest: Digest, signal: AbortSignal): Promise<'whole' | 'damaged' | 'missing'>;
  /** Hands out a draft, which takes its place when it is filled. Fills it a second time for nobody. */
  keep(digest: Digest, fill: (draft: FileHandle) => Promise<void>): Promise<void>;
  remove(digest: Digest): Promise<void>;
}

export function fileStore(folder: string): FileStore {
  const drafts = join(folder, 'drafts');
  const pathOf = (digest: Digest): string =>
    join(folder, digest.algorithm, checked(digest).hex.slice(0, 2), digest.hex);
  let isSwept = false;
  return {
    pathOf,
    has: digest => existsSync(pathOf(digest)),
    remove: digest => rm(pathOf(digest), { force: true }),

    async look(digest, signal) {
      const found = await hashed(pathOf(digest), digest.algorithm, signal);
      if (found === undefined) return 'missing';
      if (found !== digest.hex) return 'damaged';
      await touch(pathOf(digest));
      return 'whole';
    },

    async keep(digest, fill) {
      const path = pathOf(digest);
      const draft = join(drafts, `${digest.hex.slice(0, 12)}.${process.pid}.${randomBytes(4).toString('hex')}`);
      try {
        await Promise.all([mkdir(dirname(path), { recursive: true }), mkdir(drafts, { recursive: true })]);
        if (!isSwept) await sweep(drafts);
        isSwept = true;
        await filled(draft, fill);
        await rename(draft, path);
      } catch (error) {
        throw diskProblem(error, folder);
      } finally {
        await rm(draft, { force: true });
      }
    },
  };
}

const lengths = { sha1: 40, sha256: 64, sha512: 128 } as const satisfies Record<Digest['algorithm'], number>;

/** It becomes a path: one that a lock was given by hand must not lead elsewhere. */
function checked(digest: Digest): Digest {
  if (digest.hex.length === lengths[digest.algorithm] && /^[0-9a-f]+$/.test(digest.hex)) return digest;
  throw new Problem({
    what: `'${digest.hex}' is no ${digest.algorithm} digest`,
    why: `${lengths[digest.algorithm]} digits and letters from a to f make one`,
    exit: exitCode.wrongUse,
  });
}

const piece = 1 << 20;

async function hashed(path: string, algorithm: string, signal: AbortSignal): Promise<string | undefined> {
  await using file = await open(path).catch(unlessMissing);
  if (!file) return undefined;
  const sum = createHash(algorithm);
  const room = Buffer.allocUnsafe(Math.min(piece, (await file.stat()).size + 1));
  for (;;) {
    signal.throwIfAborted();
    const { bytesRead } = await file.read(room, 0, room.length);
    if (bytesRead === 0) return sum.digest('hex');
    sum.update(room.subarray(0, bytesRead));
  }
}

const unlessMissing = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT') throw error;
};

/** A store that may only be read serves as well. */
const touch = async (path: string): Promise<void> => {
  const now = new Date();
  await utimes(path, now, now).catch(() => {});
};

async function filled(draft: string, fill: (file: FileHandle) => Promise<void>): Promise<void> {
  await using file = await open(draft, 'wx');
  // Without waiting for the disk: what a loss of power tears is found out by its digest.
  await fill(file);
}

const aDay = 24 * 60 * 60 * 1000;

/** What processes left that were killed while they fetched. */
async function sweep(drafts: string): Promise<void> {
  for (const name of await readdir(drafts).catch(() => [])) {
    const path = join(drafts, name);
    const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > aDay) await rm(path, { force: true });
  }
}

const diskWords: Readonly<Record<string, readonly [why: string, fix: string]>> = {
  ENOSPC: ['no space is left on its disk', 'free some there: holdfast image prune removes what no release needs'],
  EDQUOT: [
    "the user's share of its disk is used up",
    'free some there: holdfast image prune removes what no release needs',
  ],
  EROFS: ['its file system may only be read', 'name another folder'],
  EACCES: ['this user may not write there', 'let the folder belong to the user that bakes'],
  EPERM: ['this user may not write there', 'let the folder belong to the user that bakes'],
};

function diskProblem(error: unknown, folder: string): unknown {
  const [why, fix] = diskWords[(error as NodeJS.ErrnoException).code ?? ''] ?? [];
  if (!why || !fix) return error;
  return new Problem({ what: "the store can't be written", where: folder, why, fix, cause: error });
}
