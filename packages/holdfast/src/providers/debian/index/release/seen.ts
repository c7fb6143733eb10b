import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { iso } from '../../../../kit/clock.ts';

/** The date of the newest index of one suite that this store has seen: by it an older one that is served later shows. */
export interface Seen {
  readonly path: string;
  /** Milliseconds since 1970; undefined where none was seen, and where the file can't be read. */
  date(): Promise<number | undefined>;
  /** Keeps the later of both dates. */
  advance(date: number): Promise<void>;
}

export function seenIn(store: string, suite: string): Seen {
  const path = join(store, 'debian', 'seen', `${encodeURIComponent(suite)}.json`);
  const date = async (): Promise<number | undefined> => {
    try {
      const time = Date.parse(JSON.parse(await readFile(path, 'utf8')).date);
      return Number.isNaN(time) ? undefined : time;
    } catch {
      return undefined;
    }
  };
  return {
    path,
    date,
    async advance(newer) {
      if (((await date()) ?? Number.NEGATIVE_INFINITY) < newer) await write(path, { suite, date: iso(newer) });
    },
  };
}

/** Whole or not there, since another process may read or write it just now. */
async function write(path: string, value: object): Promise<void> {
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(draft, `${JSON.stringify(value)}\n`);
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}
