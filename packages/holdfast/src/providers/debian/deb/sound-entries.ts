import type { TreeEntry } from '../../../kit/tree.ts';
import { unsound } from './ar.ts';

/**
 * The entries of a data part, each of which can be put into a file system without leaving its place. Hard links name
 * the file that has the content. Throws a Problem for what dpkg-deb never makes and could mean something else to who
 * reads it otherwise: a path twice or in two lines (dpkg's lists have one path a line), something below what is no
 * directory, a hard link to what the package does not have.
 */
export function soundEntries(name: string, entries: readonly TreeEntry[]): readonly TreeEntry[] {
  const known = new Map<string, TreeEntry>();
  const wrong = ({ path }: TreeEntry, why: string): Error => unsound({ name }, `${JSON.stringify(path)} ${why}`);
  for (const entry of entries) {
    if (known.has(entry.path)) throw wrong(entry, 'is there twice');
    if (entry.path.includes('\n')) throw wrong(entry, 'has a line break in it');
    const itself = entry.type === 'hardlink' ? resolved(entry, known) : entry;
    if (!itself) throw wrong(entry, `is a hard link to ${JSON.stringify(entry.link)}, which is no file before it`);
    known.set(entry.path, itself);
  }
  for (const entry of known.values()) {
    const above = foldersOf(entry.path).find(path => (known.get(path)?.type ?? 'directory') !== 'directory');
    if (above !== undefined) throw wrong(entry, `is below ${JSON.stringify(above)}, which is no directory`);
  }
  return [...known.values()];
}

/** A hard link to a symbolic link is another one. */
function resolved(entry: TreeEntry, known: ReadonlyMap<string, TreeEntry>): TreeEntry | undefined {
  const target = known.get(entry.link ?? '');
  if (target?.type === 'symlink') return { ...target, path: entry.path };
  if (target?.type === 'hardlink' && target.link !== undefined) return { ...entry, link: target.link };
  return target?.type === 'file' ? entry : undefined;
}

function foldersOf(path: string): readonly string[] {
  const folders: string[] = [];
  for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) folders.push(path.slice(0, at));
  return folders;
}
