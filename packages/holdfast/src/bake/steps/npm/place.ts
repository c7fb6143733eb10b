import { posix } from 'node:path';
import pLimit from 'p-limit';
import type { TreeEntry } from '../../../kit/tree.ts';
import { made } from '../entries.ts';
import { entriesOfTarball } from '../tarball.ts';
import { hasTarball, integrityOf } from './fetchable.ts';
import type { Selected } from './selection.ts';

export interface Placement {
  /** Where each package's tarball is, by integrity. */
  readonly files: ReadonlyMap<string, string>;
  /** Seconds since 1970. */
  readonly epoch: number;
  /** A folder for what is unpacked, which stays until the layer is written. */
  readonly scratch: string;
  /** Of the lock file, for people. */
  readonly where: string;
}

/** Entries by path, relative to the folder that `node_modules` is in. */
export type Tree = Map<string, TreeEntry>;

/** Each package where the lock puts it; links as npm makes them. */
export async function placed(packages: readonly Selected[], placement: Placement): Promise<Tree> {
  const own = packages.filter(({ isBundled }) => !isBundled);
  const unpacked = await pLimit(unpackers).map(own, async one => ({ one, entries: await entriesOf(one, placement) }));
  const tree: Tree = new Map();
  for (const { one, entries } of unpacked) {
    // What a parent's tarball has at the place of a package that the lock names is not used.
    if (isNested(one)) clear(tree, one.location);
    for (const entry of entries) tree.set(entry.path, entry);
  }
  return tree;
}

/** Each keeps a processor busy. */
const unpackers = 4;

const isNested = ({ location }: Selected): boolean => location.split('node_modules/').length > 2;

function clear(tree: Tree, location: string): void {
  for (const path of tree.keys()) if (path === location || path.startsWith(`${location}/`)) tree.delete(path);
}

async function entriesOf(one: Selected, { files, epoch, scratch, where }: Placement): Promise<readonly TreeEntry[]> {
  const { location, entry } = one;
  if (entry.link) return [made.symlink(location, posix.relative(posix.dirname(location), entry.resolved ?? ''), epoch)];
  const file = hasTarball(one) ? files.get(integrityOf(one, where)) : undefined;
  if (file === undefined) throw new Error(`${location} was not fetched`);
  const unpacked = await entriesOfTarball(file, scratch);
  return [made.directory(location, epoch), ...unpacked.map(found => installedAs(found, location, epoch))];
}

/** As npm's pacote does under the usual umask; no package becomes another user by a bit of its own. */
export const installedAs = (entry: TreeEntry, location: string, mtime: number): TreeEntry => ({
  ...entry,
  path: posix.join(location, entry.path),
  mode: (entry.mode | 0o666) & 0o755,
  uid: 0,
  gid: 0,
  mtime,
});
