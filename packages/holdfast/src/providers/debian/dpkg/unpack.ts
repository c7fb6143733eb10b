import { posix } from 'node:path';
import type { TreeEntry } from '../../../kit/tree.ts';
import type { LockedPackage, Unpacked, UnpackRequest } from '../../../ports/distribution.ts';
import type { DebPackage } from '../deb/deb-package.ts';
import { inOrder, wavesOf } from './configure/order.ts';
import { environment, scriptOf } from './configure/script.ts';
import { databaseOf } from './database/admin.ts';
import { fieldsOf, paragraphsOf } from './database/control.ts';
import { type Triggers, triggersOf } from './database/triggers.ts';
import { type Package, packageOf, runsSomething } from './package.ts';
import { settle } from './settle/settle.ts';
import { directoryOf, fileOf, symlinkOf } from './tree/content.ts';
import { diversionsOf } from './tree/diversions.ts';
import { excluding, rulesFile, rulesText } from './tree/exclude.ts';
import { type Merged, merge } from './tree/merge.ts';
import { ownersIn } from './tree/overlap.ts';

export type UnpackOptions = Pick<UnpackRequest, 'architecture' | 'below' | 'exclude' | 'epoch'>;

/** The tree as `dpkg --unpack` would leave it, and what a shell must run to configure it. */
export async function unpack(
  debs: readonly (readonly [LockedPackage, DebPackage])[],
  options: UnpackOptions,
): Promise<Unpacked> {
  const { below, epoch } = options;
  const packages = inOrder(debs.map(([locked, deb]) => packageOf(locked, deb)));
  const merged = await mergedOf(packages, options);
  const triggers = await triggersOf(merged, below);
  const needs = needsOf(packages, triggers.fired);
  const tree = new Map([...merged.entries, ...(await recorded(merged, triggers, needs, options))].map(named));
  return {
    entries: [...tree.values()].sort(inTree),
    script: await scriptFor(needs, packages, below),
    env: environment(epoch),
    settled: change => settle(change, { at: path => tree.get(path) ?? below?.entry(path), epoch }),
  };
}

const named = (entry: TreeEntry) => [entry.path, entry] as const;

async function mergedOf(packages: readonly Package[], options: UnpackOptions): Promise<Merged> {
  const { architecture, below, exclude, epoch } = options;
  return merge({
    packages,
    below,
    ownersBelow: ownersIn(below),
    diversions: await diversionsOf(below, packages),
    isExcluded: excluding(exclude),
    epoch,
    before: [...(below ? [] : mergedUsr(architecture, epoch)), ...(await settings(packages, below, exclude, epoch))],
  });
}

/** Where dpkg need not run, all is installed from the start. */
function recorded(merged: Merged, triggers: Triggers, needs: Needs, options: UnpackOptions) {
  const { below, epoch, exclude } = options;
  const common = { merged, below, epoch, isExcluded: excluding(exclude) };
  if (needs === 'dpkg') return databaseOf({ ...common, triggers, state: 'unpacked' });
  return databaseOf({ ...common, triggers: { ...triggers, fired: [] }, state: 'installed' });
}

async function scriptFor(needs: Needs, packages: readonly Package[], below: UnpackOptions['below']): Promise<string> {
  if (needs !== 'dpkg') return needs === 'ldconfig' ? 'ldconfig\n' : '';
  return scriptOf(wavesOf(packages), await dpkgVersion(packages, below));
}

/** Hard links come last: what they lead to must be there. */
const inTree = (one: TreeEntry, other: TreeEntry): number =>
  Number(one.type === 'hardlink') - Number(other.type === 'hardlink') || (one.path < other.path ? -1 : 1);

type Needs = 'nothing' | 'ldconfig' | 'dpkg';

/** Most packages have nothing to run, or only new libraries to tell of. */
function needsOf(packages: readonly Package[], fired: readonly string[]): Needs {
  if (packages.some(runsSomething) || fired.some(name => name !== 'ldconfig')) return 'dpkg';
  return fired.length > 0 ? 'ldconfig' : 'nothing';
}

/** The links that debootstrap makes before it unpacks anything (its function setup_merged_usr). */
function mergedUsr(architecture: UnpackRequest['architecture'], epoch: number): readonly TreeEntry[] {
  const folders = ['bin', 'lib', 'sbin', ...(architecture === 'amd64' ? ['lib32', 'lib64', 'libx32'] : [])];
  return [
    directoryOf('usr', epoch),
    ...folders.flatMap(name => [directoryOf(`usr/${name}`, epoch), symlinkOf(name, `usr/${name}`, epoch)]),
  ];
}

/** What must stand there before packages are configured. */
async function settings(
  packages: readonly Package[],
  below: UnpackRequest['below'],
  exclude: readonly string[],
  epoch: number,
): Promise<readonly TreeEntry[]> {
  const rules = exclude.length > 0 ? rulesText(exclude, await textIn(below, rulesFile)) : '';
  const isCluster = packages.some(({ name }) => name === 'postgresql-common');
  return [
    ...(rules === '' ? [] : inFolders(fileOf(rulesFile, rules, epoch), below)),
    ...(isCluster ? inFolders(fileOf(clusterFile, 'create_main_cluster = false\n', epoch), below) : []),
  ];
}

/** A database cluster is data: an instance makes its own, with pg_createcluster(1) or initdb(1). */
const clusterFile = 'etc/postgresql-common/createcluster.d/holdfast.conf';

function inFolders(entry: TreeEntry, below: UnpackRequest['below']): readonly TreeEntry[] {
  const folders: TreeEntry[] = [];
  for (let at = posix.dirname(entry.path); at !== '.'; at = posix.dirname(at))
    folders.unshift(below?.entry(at) ?? directoryOf(at, entry.mtime));
  return [...folders, entry];
}

const textIn = async (below: UnpackRequest['below'], path: string): Promise<string> =>
  Buffer.from((await below?.read(path)) ?? []).toString();

async function dpkgVersion(packages: readonly Package[], below: UnpackRequest['below']): Promise<string> {
  const own = packages.find(({ name }) => name === 'dpkg')?.version;
  if (own !== undefined) return own;
  const known = paragraphsOf(await textIn(below, 'var/lib/dpkg/status')).map(fieldsOf);
  return known.find(one => one.get('Package') === 'dpkg')?.get('Version') ?? '';
}
