import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type RecipeBakery, recipeBakery } from '../../bake/bakery.ts';
import type { FileHashes } from '../../bake/file-hashes.ts';
import { LockBook, type LockMode } from '../../bake/lock/lock-book.ts';
import { ImageStore } from '../../bake/store/store.ts';
import type { Architecture } from '../../ports/distribution.ts';
import type { Project } from './project.ts';

/** What baking stands on, for one run of a verb. */
export interface Baking {
  readonly bakery: RecipeBakery;
  readonly book: LockBook;
  readonly store: ImageStore;
  /** Hosts that were contacted so far. */
  readonly contacted: ReadonlySet<string>;
}

export interface BakingParts {
  readonly project: Project;
  readonly hashes: FileHashes;
  readonly architecture?: Architecture;
  readonly mode?: LockMode;
  readonly signal: AbortSignal;
  readonly env?: NodeJS.ProcessEnv;
}

/** The folder of what was fetched and baked: HOLDFAST_CACHE, else the project's own. */
export const storeFolder = ({ root }: Project, env: NodeJS.ProcessEnv = process.env): string =>
  env.HOLDFAST_CACHE ? resolve(env.HOLDFAST_CACHE) : join(root, '.holdfast/cache');

/** Opens the store, and what fetches into it. */
export async function openBaking(parts: BakingParts): Promise<Baking> {
  const { project, hashes, architecture = 'amd64', mode = 'complete', signal, env = process.env } = parts;
  const folder = storeFolder(project, env);
  await makeStore(folder, project);
  const [{ downloads }, { debianDistribution }, { npmConfigOf, npmRegistry }] = await Promise.all([
    import('../../providers/downloads/downloads.ts'),
    import('../../providers/debian/distribution.ts'),
    import('../../providers/npm/registry.ts'),
  ]);
  const fetching = downloads({ store: folder });
  const distribution = debianDistribution({ downloads: fetching, store: folder });
  const registry = npmRegistry({ downloads: fetching, config: npmConfigOf({ cwd: project.root, env }) });
  const book = new LockBook(
    { file: join(project.root, 'holdfast.lock'), architecture, distribution, registry, signal },
    mode,
  );
  const store = new ImageStore(folder, hashes);
  const ground = { root: project.root, architecture, book, hashes, store, distribution, registry };
  return {
    bakery: recipeBakery({ ...ground, contacted: fetching.contacted }),
    book,
    store,
    contacted: fetching.contacted,
  };
}

/** A store that is shared by projects knows them, so that pruning asks the journals of all. */
async function makeStore(folder: string, { root }: Project): Promise<void> {
  const projects = join(folder, 'projects');
  await mkdir(projects, { recursive: true, mode: 0o700 });
  const entry = join(projects, Buffer.from(root).toString('base64url').slice(-120));
  if (!existsSync(entry)) await writeFile(entry, root);
}
