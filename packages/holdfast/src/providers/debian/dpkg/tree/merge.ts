import type { TreeEntry } from '../../../../kit/tree.ts';
import type { ImageTree } from '../../../../ports/image-tree.ts';
import { linesOf, type Package } from '../package.ts';
import { directoryOf, md5Of } from './content.ts';
import type { Diversions } from './diversions.ts';
import { type Ground, groundOn } from './ground.ts';
import { type OwnersBelow, overlap } from './overlap.ts';

export interface MergeRequest {
  /** In the order in which dpkg would take them. */
  readonly packages: readonly Package[];
  readonly below: ImageTree | undefined;
  readonly ownersBelow: OwnersBelow;
  readonly diversions: Diversions;
  readonly isExcluded: (path: string) => boolean;
  readonly epoch: number;
  /** What is there before the packages are. */
  readonly before: readonly TreeEntry[];
}

export interface Merged {
  readonly entries: readonly TreeEntry[];
  /** What each package owns: absolute paths as it names them, in its order. */
  readonly owned: ReadonlyMap<Package, readonly string[]>;
  /** Paths that packages below lose to one of these, by label. */
  readonly lostBelow: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The files of packages in one tree, as dpkg would unpack them one after another. */
export async function merge(request: MergeRequest): Promise<Merged> {
  const { packages, below, before } = request;
  const ground = groundOn(below);
  for (const entry of before) ground.put(entry);
  const merging: Merging = { request, ground, owners: new Map(), owned: new Map(), lostBelow: new Map() };
  for (const one of packages) await add(one, merging);
  const diversions = request.diversions.file(path => ground.added.has(ground.real(path)), request.epoch);
  const entries = [...ground.added.values(), ...(diversions ? [diversions] : [])];
  return { entries, owned: ownedBy(merging), lostBelow: merging.lostBelow };
}

interface Merging {
  readonly request: MergeRequest;
  readonly ground: Ground;
  /** Of what is no directory, by its real path. */
  readonly owners: Map<string, Package>;
  readonly owned: Map<Package, Map<string, string>>;
  readonly lostBelow: Map<string, Set<string>>;
}

const ownedBy = ({ owned }: Merging): Merged['owned'] =>
  new Map([...owned].map(([one, paths]) => [one, [...paths.keys()]]));

async function add(one: Package, merging: Merging): Promise<void> {
  const { request, ground } = merging;
  const paths = new Map<string, string>();
  merging.owned.set(one, paths);
  const conffiles = new Set(linesOf(one, 'conffiles'));
  const entries = entriesOf(one, request.isExcluded);
  for (const entry of entries) {
    const named = `/${entry.path}`;
    const real = ground.real(request.diversions.target(named, one.name).slice(1));
    if (entry.type === 'directory') addDirectory(real, entry, merging);
    else if (await mayTake(real, entry, one, merging, conffiles.has(named))) put(real, entry, one, merging);
    else if (merging.owners.get(real) !== undefined) continue;
    paths.set(named, real);
  }
}

/** What is left of a package's entries; where the target of a hard link is left out, the link takes its content. */
function entriesOf({ entries }: Package, isExcluded: (path: string) => boolean): readonly TreeEntry[] {
  const excluded = new Map<string, TreeEntry>();
  const kept: TreeEntry[] = [];
  for (const entry of entries) {
    if (isExcluded(`/${entry.path}`)) excluded.set(entry.path, entry);
    else if (entry.type === 'hardlink') kept.push(linked(entry, excluded));
    else kept.push(entry);
  }
  return kept;
}

function linked(entry: TreeEntry, excluded: Map<string, TreeEntry>): TreeEntry {
  const target = excluded.get(entry.link ?? '');
  if (!target) return entry;
  excluded.delete(target.path);
  return { ...target, path: entry.path };
}

/** One that is there stays as it is, as with dpkg; it stands in this layer too, for one without it would give it to root. */
function addDirectory(real: string, entry: TreeEntry, merging: Merging): void {
  const { ground, request } = merging;
  const there = ground.directory(real);
  addFolders(there?.path ?? real, merging);
  ground.put(there ?? { ...entry, path: real, mtime: Math.min(entry.mtime, request.epoch) });
}

function put(real: string, entry: TreeEntry, one: Package, merging: Merging): void {
  const { ground, owners, request } = merging;
  addFolders(real, merging);
  const link = entry.type === 'hardlink' ? ground.real(entry.link ?? '') : entry.link;
  ground.put({
    ...entry,
    path: real,
    mtime: Math.min(entry.mtime, request.epoch),
    ...(link !== undefined && { link }),
  });
  owners.set(real, one);
}

/** Packages name the folders of their files; a diversion may not. */
function addFolders(real: string, { ground, request }: Merging): void {
  for (let end = real.indexOf('/'); end >= 0; end = real.indexOf('/', end + 1)) {
    const folder = real.slice(0, end);
    if (!ground.added.has(folder)) ground.put(ground.directory(folder) ?? directoryOf(folder, request.epoch));
  }
}

/** Whether the package's file comes to stand at the path; throws a Problem where it may not and must. */
async function mayTake(
  real: string,
  entry: TreeEntry,
  one: Package,
  merging: Merging,
  isConffile: boolean,
): Promise<boolean> {
  const there = merging.ground.at(real);
  if (!there) return true;
  const other = merging.owners.get(real);
  if (there.type === 'directory') return overlap.withDirectory(one, entry);
  if (other) return takesFrom(other, one, real, merging);
  const label = await merging.request.ownersBelow.of(`/${entry.path}`, `/${real}`);
  if (label !== undefined && putAside(there, entry, one, merging)) return true;
  if (label === undefined) return !isConffile || (await hasSameContent(there, entry));
  if (!overlap.replaces(one, await merging.request.ownersBelow.package(label))) throw overlap.problem(one, label, real);
  const lost = merging.lostBelow.get(label) ?? new Set();
  merging.lostBelow.set(label, lost.add(`/${entry.path}`).add(`/${real}`));
  return true;
}

/** As `dpkg-divert --rename` would, before the package is unpacked. */
function putAside(there: TreeEntry, entry: TreeEntry, one: Package, { ground, request }: Merging): boolean {
  const aside = request.diversions.aside(`/${entry.path}`, one.name);
  if (aside === undefined) return false;
  ground.put({ ...there, path: ground.real(aside.slice(1)) });
  return true;
}

function takesFrom(other: Package, one: Package, real: string, { owned }: Merging): boolean {
  if (other === one) return true;
  if (overlap.replaces(other, one)) return false;
  if (!overlap.replaces(one, other)) throw overlap.problem(one, other.label, real);
  const paths = owned.get(other);
  for (const [named, at] of paths ?? []) if (at === real) paths?.delete(named);
  return true;
}

/** A conffile that somebody put there before stays as it is: dpkg takes it for the administrator's. */
const hasSameContent = async (there: TreeEntry, entry: TreeEntry): Promise<boolean> =>
  there.type === entry.type && there.size === entry.size && (await md5Of(there)) === (await md5Of(entry));
