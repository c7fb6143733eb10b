import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Clock, systemClock } from '../../../kit/clock.ts';
import { sha256 } from '../../../kit/hash.ts';

/**
 * Unpacked files under names of their own, the last of each: to read one takes a tenth of the time that it takes to
 * unpack it. May be removed at any time.
 */
export interface UnpackedFiles {
  /** Undefined where there is none, or another one. */
  read(name: string, digest: string): Promise<Buffer | undefined>;
  /** What `unpack` writes to the path that it is given takes its place, if it is what is meant. */
  keep(name: string, digest: string, unpack: (to: string) => Promise<unknown>): Promise<Buffer | undefined>;
}

export function unpackedFiles(folder: string, clock: Clock = systemClock): UnpackedFiles {
  const drafts = join(folder, 'drafts');
  return {
    read: (name, digest) => ifIs(join(folder, name), digest),

    async keep(name, digest, unpack) {
      const draft = join(drafts, randomBytes(8).toString('hex'));
      await Promise.all([dirname(join(folder, name)), drafts].map(path => mkdir(path, { recursive: true })));
      await sweep(drafts, clock());
      try {
        await unpack(draft);
        const bytes = await ifIs(draft, digest);
        if (bytes) await rename(draft, join(folder, name));
        return bytes;
      } finally {
        await rm(draft, { force: true });
      }
    },
  };
}

async function ifIs(path: string, digest: string): Promise<Buffer | undefined> {
  const bytes = await readFile(path).catch(unlessMissing);
  return bytes && sha256(bytes) === digest ? bytes : undefined;
}

const unlessMissing = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT') throw error;
};

const anHour = 3_600_000;

/** What processes left that were killed while they unpacked. */
async function sweep(drafts: string, now: number): Promise<void> {
  for (const name of await readdir(drafts)) {
    const path = join(drafts, name);
    const { mtimeMs = now } = (await stat(path).catch(unlessMissing)) ?? {};
    if (now - mtimeMs > anHour) await rm(path, { force: true });
  }
}
