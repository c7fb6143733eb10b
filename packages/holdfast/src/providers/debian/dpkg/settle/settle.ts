import { posix } from 'node:path';
import { Problem } from '../../../../kit/problem.ts';
import type { TreeChange, TreeEntry } from '../../../../kit/tree.ts';
import type { Settled } from '../../../../ports/distribution.ts';
import { fieldsOf, paragraphsOf } from '../database/control.ts';
import { bytesOf } from '../tree/content.ts';
import { datedKeystore } from './keystore.ts';
import { isVolatile, remadeBy } from './volatile.ts';

export interface Before {
  /** What was at the path before the script ran. */
  at(path: string): TreeEntry | undefined;
  readonly epoch: number;
}

/** What configuring left, without what would be other the next time. Throws a Problem for packages left half-done. */
export async function settle(change: TreeChange, before: Before): Promise<Settled> {
  const status = change.entries.find(({ path }) => path === 'var/lib/dpkg/status');
  if (status) refuseUnfinished(Buffer.from(await bytesOf(status)).toString());
  const steady = change.entries.filter(({ path, type, size }) => !isVolatile(path, type, size));
  const own = ownOf(steady);
  const shared = steady.filter(({ path }) => !own.has(path));
  const entries = await Promise.all(shared.map(entry => steadied(entry, before)));
  return {
    entries: withFolders(entries, before),
    removed: change.removed.filter(path => before.at(path) !== undefined),
    perInstance: toldOf(own),
  };
}

function refuseUnfinished(status: string): void {
  const left = paragraphsOf(status)
    .map(fieldsOf)
    .filter(one => one.get('Status') !== 'install ok installed');
  if (left.length === 0) return;
  throw new Problem({
    what: `Packages are not configured: ${left.map(one => one.get('Package')).join(', ')}`,
    why: 'their maintainer scripts did not finish',
    evidence: left.map(one => `${one.get('Package')} ${one.get('Version')}: ${one.get('Status')}`),
  });
}

type Own = NonNullable<ReturnType<typeof remadeBy>>;

/** Paths that no two instances may share, with what makes them anew; links to them too. */
function ownOf(entries: readonly TreeEntry[]): ReadonlyMap<string, Own> {
  const own = new Map<string, Own>();
  for (const { path } of entries) {
    const found = remadeBy(path);
    if (found) own.set(path, found);
  }
  for (const { path, type, link } of entries) {
    if (type !== 'symlink' || link === undefined) continue;
    const found = own.get(posix.resolve('/', posix.dirname(path), link).slice(1));
    if (found) own.set(path, { ...found, told: path });
  }
  return own;
}

const toldOf = (own: ReadonlyMap<string, Own>): Settled['perInstance'] => {
  const told = new Map([...own.values()].map(({ told, remade }) => [`/${told}`, remade]));
  return [...told].map(([path, remade]) => ({ path, remade })).sort(byPath);
};

async function steadied(entry: TreeEntry, before: Before): Promise<TreeEntry> {
  const there = before.at(entry.path);
  const isSame = entry.type === 'directory' && there?.type === 'directory';
  const mtime = isSame ? there.mtime : Math.min(entry.mtime, before.epoch);
  if (entry.path !== 'etc/ssl/certs/java/cacerts') return { ...entry, mtime };
  const content = datedKeystore(await bytesOf(entry), before.epoch);
  return { ...entry, mtime, content, size: content.length };
}

/** With the folders of everything, as they were: a layer without them would give them to root. */
function withFolders(entries: readonly TreeEntry[], before: Before): readonly TreeEntry[] {
  const all = new Map(entries.map(entry => [entry.path, entry]));
  for (const { path } of entries) {
    for (let at = posix.dirname(path); at !== '.' && !all.has(at); at = posix.dirname(at)) {
      const folder = before.at(at);
      if (folder) all.set(at, folder);
    }
  }
  return [...all.values()].sort(byPath);
}

const byPath = (one: { readonly path: string }, other: { readonly path: string }): number =>
  one.path < other.path ? -1 : one.path > other.path ? 1 : 0;
