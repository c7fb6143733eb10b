import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { BakedImage, Digest } from '../../ports/baked-image.ts';
import type { KnownLayer } from './store.ts';

export interface PruneOptions {
  /** Inputs of the images that a release may want again. What they are made of stays, whatever the limit. */
  readonly reachable: ReadonlySet<string>;
  /** In bytes: what was not used for longest goes until no more is left than this. */
  readonly limit: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What was used within so many milliseconds stays: another process may be at it. */
  readonly grace: number;
  /** Seals of these images stay, also where the image itself is gone. */
  readonly sealed?: ReadonlySet<Digest>;
  /** Only tells what would go. */
  readonly dryRun?: boolean;
}

export interface Pruned {
  readonly removed: readonly string[];
  /** In bytes. */
  readonly freed: number;
  readonly left: number;
}

/** One thing that can go by itself. */
interface Item {
  readonly path: string;
  readonly size: number;
  readonly usedAt: number;
}

/** Takes out of the store what nobody needs, until it is within its limit. */
export async function prune(folder: string, options: PruneOptions): Promise<Pruned> {
  const images = await notes<BakedImage>(join(folder, 'images'));
  const layers = await notes<KnownLayer>(join(folder, 'layers'));
  const kept = keptBlobs(images, options.reachable);
  const lastUse = lastUses(layers);
  const blobs = (await itemsIn(join(folder, 'blobs', 'sha256'))).map(item => ({
    ...item,
    usedAt: Math.max(item.usedAt, lastUse.get(digestOf(item.path)) ?? 0),
  }));
  const fetched = [...(await itemsIn(join(folder, 'files'))), ...(await itemsIn(join(folder, 'debian', 'packages')))];
  const all = [...blobs, ...fetched.filter(({ path }) => !path.startsWith(join(folder, 'files', 'drafts')))];
  const mayGo = all.filter(item => !kept.has(digestOf(item.path)) && item.usedAt <= options.now - options.grace);
  const going = overLimit(mayGo, all, options.limit);
  const seals = await looseSeals(folder, images, new Set(going.map(({ path }) => digestOf(path))), options);
  if (!options.dryRun) await drop(folder, [...going.map(({ path }) => path), ...seals], images, layers, options);
  const freed = total(going);
  return { removed: [...going.map(({ path }) => path), ...seals], freed, left: total(all) - freed };
}

async function drop(
  folder: string,
  paths: readonly string[],
  images: Notes<BakedImage>,
  layers: Notes<KnownLayer>,
  options: PruneOptions,
): Promise<void> {
  await Promise.all(paths.map(path => rm(path, { recursive: true, force: true })));
  await dropLooseNotes(folder, images, layers);
  await dropUnfinished(join(folder, 'tmp'), options);
}

/** Seals of images that are no longer there. */
async function looseSeals(
  folder: string,
  images: Notes<BakedImage>,
  going: ReadonlySet<Digest>,
  { reachable, sealed = new Set(), now, grace }: PruneOptions,
): Promise<readonly string[]> {
  const stays = ({ layers }: BakedImage): boolean =>
    layers.every(({ digest }) => !going.has(digest) && existsSync(join(folder, 'blobs', 'sha256', digest.slice(7))));
  const kept = [...images]
    .filter(([inputs, { is }]) => reachable.has(inputs) || stays(is))
    .map(([, { is }]) => is.digest);
  const needed = new Set([...kept, ...sealed]);
  const names = await readdir(join(folder, 'seals')).catch(() => []);
  const loose = names.filter(name => !needed.has(`sha256:${name}`)).map(name => join(folder, 'seals', name));
  const items = await Promise.all(loose.map(itemAt));
  return items.flatMap(item => (item && item.usedAt <= now - grace ? [item.path] : []));
}

const digestOf = (path: string): Digest => `sha256:${basename(path)}`;

const total = (items: readonly Item[]): number => items.reduce((sum, { size }) => sum + size, 0);

function overLimit(mayGo: readonly Item[], all: readonly Item[], limit: number): readonly Item[] {
  let left = total(all);
  return mayGo
    .toSorted((a, b) => a.usedAt - b.usedAt)
    .filter(({ size }) => {
      if (left <= limit) return false;
      left -= size;
      return true;
    });
}

type Notes<T> = ReadonlyMap<string, { readonly is: T; readonly usedAt: number }>;

const keptBlobs = (images: Notes<BakedImage>, reachable: ReadonlySet<string>): ReadonlySet<Digest> =>
  new Set([...images].flatMap(([inputs, { is }]) => (reachable.has(inputs) ? is.layers.map(one => one.digest) : [])));

const lastUses = (layers: Notes<KnownLayer>): ReadonlyMap<Digest, number> =>
  new Map([...layers.values()].flatMap(({ is, usedAt }) => (is.blob ? [[is.blob.digest, usedAt] as const] : [])));

/** Notes of what is no longer there whole. */
async function dropLooseNotes(folder: string, images: Notes<BakedImage>, layers: Notes<KnownLayer>): Promise<void> {
  const isThere = (digest: Digest): boolean => existsSync(join(folder, 'blobs', 'sha256', digest.slice(7)));
  const loose = [
    ...[...images]
      .filter(([, { is }]) => !is.layers.every(({ digest }) => isThere(digest)))
      .map(one => ['images', one[0]]),
    ...[...layers].filter(([, { is }]) => is.blob && !isThere(is.blob.digest)).map(one => ['layers', one[0]]),
  ];
  await Promise.all(loose.map(([kind = '', key]) => rm(join(folder, kind, `${key}.json`), { force: true })));
}

/** What a process that is gone had in the making. One of another container can't be seen from here: what is new stays. */
async function dropUnfinished(tmp: string, { now, grace }: PruneOptions): Promise<void> {
  const names = await readdir(tmp).catch(() => []);
  const folders = await Promise.all(names.map(name => itemAt(join(tmp, name))));
  const left = folders.filter(
    item => item && item.usedAt <= now - grace && !isAlive(Number(basename(item.path).split('-')[0])),
  );
  await Promise.all(left.map(item => rm(item?.path ?? '', { recursive: true, force: true })));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function itemsIn(folder: string): Promise<readonly Item[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = found.filter(one => one.isFile()).map(one => join(one.parentPath, one.name));
  const items = await Promise.all(paths.map(itemAt));
  return items.filter(item => item !== undefined);
}

async function itemAt(path: string): Promise<Item | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && { path, size: found.size, usedAt: found.mtimeMs };
}

async function notes<T>(folder: string): Promise<Notes<T>> {
  const names = (await readdir(folder).catch(() => [])).filter(name => name.endsWith('.json'));
  const read = await Promise.all(names.map(name => noteAt<T>(join(folder, name))));
  return new Map(read.flatMap((note, index) => (note ? [[names[index]?.slice(0, -5) ?? '', note] as const] : [])));
}

async function noteAt<T>(path: string): Promise<{ is: T; usedAt: number } | undefined> {
  try {
    const { mtimeMs } = await stat(path);
    return { is: (JSON.parse(await readFile(path, 'utf8')) as { is: T }).is, usedAt: mtimeMs };
  } catch {
    return undefined;
  }
}
