import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type RecipeBakery, recipeBakery } from '../../bake/bakery.ts';
import type { FileHashes } from '../../bake/file-hashes.ts';
import { LockBook, type LockMode } from '../../bake/lock/lock-book.ts';
import { ImageStore } from '../../bake/store/store.ts';
import { sha256 } from '../../kit/hash.ts';
import type { Architecture } from '../../ports/distribution.ts';
import { ownPackage } from './own-package.ts';

/** What baking stands on, for one run of a verb. What fetches is loaded when the first recipe asks for it. */
export interface Baking extends RecipeBakery {
  readonly store: ImageStore;
  /** By what the store knows who uses it: a path, or a URL without a password. */
  readonly journal: string;
  /** The lock, where a recipe has asked for it. */
  readonly book: () => Promise<LockBook>;
  /** Writes what was found into `holdfast.lock`. */
  readonly keepLock: () => Promise<void>;
}

export interface BakingParts {
  /** The folder of `system.ts`. */
  readonly root: string;
  /** Of the environment whose releases name what is in the store: a path, or a URL without a password. */
  readonly journal: string;
  readonly hashes: FileHashes;
  readonly architecture?: Architecture;
  readonly mode?: LockMode;
  readonly signal: AbortSignal;
  readonly env?: NodeJS.ProcessEnv;
}

/** The folder of what was fetched and baked: HOLDFAST_CACHE, else the project's own. */
export const storeFolder = (root: string, env: NodeJS.ProcessEnv = process.env): string =>
  env.HOLDFAST_CACHE ? resolve(env.HOLDFAST_CACHE) : join(root, '.holdfast/cache');

export function openBaking(parts: BakingParts): Baking {
  const folder = storeFolder(parts.root, parts.env);
  const store = new ImageStore(folder, parts.hashes);
  let opened: Promise<Opened> | undefined;
  const open = (): Promise<Opened> => {
    opened ??= openFetching(parts, store);
    return opened;
  };
  return {
    store,
    journal: parts.journal,
    find: inputs => store.image(inputs),
    inputs: async recipe => (await open()).bakery.inputs(recipe),
    locked: async recipe => (await open()).bakery.locked(recipe),
    contacted: async recipe => (await open()).bakery.contacted(recipe),
    reproduce: async (...work) => (await open()).bakery.reproduce(...work),
    bake: async (...work) => (await open()).bakery.bake(...work),
    book: async () => (await open()).book,
    keepLock: async () => {
      if (opened) await (await opened).book.save();
    },
  };
}

const fetching = () =>
  Promise.all([
    import('../../providers/downloads/downloads.ts'),
    import('../../providers/debian/distribution.ts'),
    import('../../providers/npm/config.ts'),
    import('../../providers/npm/registry.ts'),
  ]);

const lockOf = (root: string): string => join(root, 'holdfast.lock');

/** Loads what fetches beforehand, where a lock says that there are recipes. */
export async function loadFetching(root: string): Promise<void> {
  if (existsSync(lockOf(root))) await fetching();
}

interface Opened {
  readonly bakery: RecipeBakery;
  readonly book: LockBook;
}

async function openFetching(parts: BakingParts, store: ImageStore): Promise<Opened> {
  const { root, hashes, architecture = 'amd64', mode = 'complete', signal, env = process.env } = parts;
  await noteProject(store.folder, parts);
  const [{ downloads }, { debianDistribution }, { npmConfigOf }, { npmRegistry }] = await fetching();
  const config = npmConfigOf({ cwd: root, env });
  // Each with its own eye on whom it contacts.
  const [packages, tarballs] = [
    downloads({ store: store.folder }),
    downloads({ store: store.folder, ...config.route }),
  ];
  const distribution = debianDistribution({ downloads: packages, store: store.folder });
  const registry = npmRegistry({ downloads: tarballs, config });
  const contacted = { debian: packages.contacted, npm: tarballs.contacted };
  const book = new LockBook({ file: lockOf(root), architecture, distribution, registry, signal }, mode);
  const ground = { root, architecture, book, hashes, store, distribution, registry, ownPackage };
  return { bakery: recipeBakery({ ...ground, contacted }), book };
}

/** Whose releases name what is in a store. */
export interface StoreUser {
  readonly root: string;
  readonly journal: string;
}

/** A store may be shared: it knows the journals of all who use it, so that pruning asks each. */
async function noteProject(folder: string, { root, journal }: StoreUser): Promise<void> {
  const users = join(folder, 'users');
  await mkdir(users, { recursive: true, mode: 0o700 });
  await writeFile(join(users, `${sha256(journal).slice(0, 16)}.json`), JSON.stringify({ root, journal }));
}
