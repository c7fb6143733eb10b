import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Secret } from '../../kit/secret.ts';
import type { SecretStore } from '../../ports/secrets.ts';

export interface FileSecretsOptions {
  /** Its own folder, of one environment. Made at the first writing, for the user alone. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whence the folder is told. Default: the working directory. */
  readonly from?: string;
}

/** No name that a secret can have: those are labels, which begin with a letter or a digit. */
const keyFile = '.key';

/** Secrets in files that only the user can read, one a secret; a variable of the environment comes before the file. An empty one is none. */
export function fileSecrets({ folder, env = process.env, from = process.cwd() }: FileSecretsOptions): SecretStore {
  return {
    async read(name) {
      const value = env[variableOf(name)] || (await readText(join(folder, name)));
      return value ? new Secret(value) : undefined;
    },

    async write(name, value) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await inPlace(join(folder, name), value.reveal(), rename);
    },

    whereToPut: name => `${variableOf(name)}, or the file ${nearer(from, join(folder, name))}`,

    async key() {
      const path = join(folder, keyFile);
      const had = await readText(path);
      if (had) return had;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await inPlace(path, randomBytes(32).toString('hex'), firstWins);
      return (await readText(path)) ?? '';
    },
  } satisfies SecretStore;
}

/** `HOLDFAST_SECRET_STRIPE_KEY` of `stripe-key`. */
export const variableOf = (name: string): string => `HOLDFAST_SECRET_${name.toUpperCase().replaceAll('-', '_')}`;

const nearer = (from: string, path: string): string => {
  const near = relative(from, path);
  return near.startsWith('..') ? path : near;
};

/** As a person writes it with an editor: a line break at the end is not part of it. */
async function readText(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The file is whole or not there, and stays after a power cut. */
async function inPlace(path: string, text: string, put: (draft: string, path: string) => Promise<void>): Promise<void> {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await durably(draft, 'wx', file => file.writeFile(text));
    await put(draft, path);
    await durably(join(path, '..'), 'r', async () => {});
  } finally {
    await rm(draft, { force: true });
  }
}

type File = Awaited<ReturnType<typeof open>>;

async function durably(path: string, flags: string, work: (file: File) => Promise<void>): Promise<void> {
  await using file = await open(path, flags, 0o600);
  await work(file);
  await file.sync();
}

/** Two processes may make the key at once: the second one's draft finds the place taken, and both read the first one's. */
async function firstWins(draft: string, path: string): Promise<void> {
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}
