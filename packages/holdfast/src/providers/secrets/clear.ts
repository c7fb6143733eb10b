import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readText } from './in-place.ts';

/** Secrets that lie somewhere else than they should, to be taken over from there. */
export interface Leftover {
  /** Where, in the words of a path. */
  readonly from: string;
  /** The key that they were hashed under, where there was one. */
  readonly key?: string;
  readonly values: Readonly<Record<string, string>>;
  /** What they were before, newest first. */
  readonly earlier?: Readonly<Record<string, readonly string[]>>;
  /** Takes them away from there. Only when they are safe elsewhere. */
  remove(): Promise<void>;
}

/** As an earlier version named the file of the key: no secret can have that name. */
const keyFile = '.key';

/** Secrets in clear, one file a secret, as an earlier version kept them and as a person may put them. */
export async function clearSecrets(folder: string): Promise<Leftover | undefined> {
  const names = (await filesIn(folder)).filter(name => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name));
  const key = await readValue(join(folder, keyFile));
  const read = await Promise.all(names.map(async name => [name, await readValue(join(folder, name))] as const));
  const values = Object.fromEntries(read.flatMap(([name, value]) => (value ? [[name, value]] : [])));
  if (!key && Object.keys(values).length === 0) return undefined;
  return {
    from: folder,
    values,
    ...(key && { key }),
    async remove() {
      for (const name of [...Object.keys(values), keyFile]) await rm(join(folder, name), { force: true });
      // Where something else lies in it, the folder stays.
      await rmdir(folder).catch(() => undefined);
    },
  };
}

const filesIn = (folder: string): Promise<readonly string[]> =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });

/** As a person writes it with an editor: a line break at the end is not part of it. One that is empty is none. */
const readValue = async (path: string): Promise<string | undefined> =>
  (await readText(path))?.replace(/\r?\n$/, '') || undefined;
