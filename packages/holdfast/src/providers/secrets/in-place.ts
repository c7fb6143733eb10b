import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, relative } from 'node:path';

/** Undefined where there is none. */
export async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Puts a file in the place of what was there. It is whole or not there, and stays after a power cut. */
export const writeInPlace = (path: string, text: string, mode = 0o600): Promise<void> =>
  inPlace(path, text, mode, rename);

/** As {@link writeInPlace}, but leaves what is there already: of several that write at once, the first one's counts. */
export const writeOnce = (path: string, text: string): Promise<void> =>
  inPlace(path, text, 0o600, (draft, place) =>
    link(draft, place).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    }),
  );

async function inPlace(
  path: string,
  text: string,
  mode: number,
  put: (draft: string, path: string) => Promise<void>,
): Promise<void> {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await durably(draft, 'wx', mode, file => file.writeFile(text));
    await put(draft, path);
    await durably(dirname(path), 'r', mode, async () => {});
  } finally {
    await rm(draft, { force: true });
  }
}

type File = Awaited<ReturnType<typeof open>>;

async function durably(path: string, flags: string, mode: number, work: (file: File) => Promise<void>): Promise<void> {
  await using file = await open(path, flags, mode);
  await work(file);
  await file.sync();
}

/** Makes a folder that only the user can look into, where it is not there yet. */
export const makePrivate = (folder: string): Promise<unknown> => mkdir(folder, { recursive: true, mode: 0o700 });

export const makeFolder = (folder: string): Promise<unknown> => mkdir(folder, { recursive: true });

/** A path as it is told to somebody who is in a folder: relative where it is inside. */
export function nearer(from: string, path: string): string {
  const near = relative(from, path);
  return near.startsWith('..') ? path : near;
}
