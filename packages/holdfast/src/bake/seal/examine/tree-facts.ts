import { posix } from 'node:path';
import { sha256 } from '../../../kit/hash.ts';
import type { TreeEntry } from '../../../kit/tree.ts';
import type { DirectoryFacts, FileFacts } from '../../../model/assertion/facts/files.ts';
import type { Looked } from '../../../model/assertion/matcher.ts';
import type { ImageTree } from '../../../ports/image-tree.ts';
import type { People } from './people.ts';

/** What an image's layers say of a path: no container is needed. `wanted` are facts that are read only when asked for. */
export async function lookAtFile(
  tree: ImageTree,
  path: string,
  people: People,
  wanted: ReadonlySet<string>,
): Promise<Looked<FileFacts>> {
  const own = tree.entry(inTree(path));
  const entry = path === '/' ? rootEntry : follow(tree, inTree(path));
  if (!entry) return { missing: own ? `a symbolic link to ${own.link}, which is not there` : 'there is none' };
  if (entry.type === 'symlink') return { missing: `a symbolic link to ${own?.link}, which leads in a circle` };
  const [user, group] = [people.userOf(entry.uid), people.groupOf(entry.gid)];
  const facts: FileFacts = {
    type: typeOf(entry),
    mode: entry.mode,
    uid: entry.uid,
    gid: entry.gid,
    ...(user !== undefined && { user }),
    ...(group !== undefined && { group }),
    size: entry.size,
    ...(own?.type === 'symlink' && own.link !== undefined && { link: own.link }),
    ...(wanted.has('content') && { content: await textAt(tree, entry.path) }),
    ...(wanted.has('sha256') && { sha256: sha256((await tree.read(entry.path)) ?? '') }),
    ...(wanted.has('writable') && { writable: writableAt(tree, entry) }),
  };
  return { facts };
}

/** The same of a directory; whatever else is there is none. */
export async function lookAtDirectory(
  tree: ImageTree,
  path: string,
  people: People,
  wanted: ReadonlySet<string>,
): Promise<Looked<DirectoryFacts>> {
  const looked = await lookAtFile(tree, path, people, wanted);
  if (!('facts' in looked)) return looked;
  const { size: _, ...facts } = looked.facts;
  if (facts.type !== 'directory') return { missing: `there is a ${facts.type}` };
  return { facts: { ...facts, ...(wanted.has('entries') && { entries: entriesIn(tree, path) }) } };
}

function entriesIn(tree: ImageTree, path: string): readonly string[] {
  const place = follow(tree, inTree(path))?.path ?? '';
  const inside = place === '' ? '' : `${place}/`;
  return [...tree.entries()]
    .filter(entry => entry.path !== place && entry.path.startsWith(inside))
    .map(entry => entry.path.slice(inside.length))
    .filter(name => !name.includes('/'));
}

export const inTree = (path: string): string => path.replace(/^\/+/, '');

export async function textAt(tree: ImageTree, path: string): Promise<string> {
  return Buffer.from((await tree.read(path)) ?? []).toString('utf8');
}

const rootEntry: TreeEntry = { path: '', type: 'directory', mode: 0o755, uid: 0, gid: 0, mtime: 0, size: 0 };

const mostLinks = 40;

/** The entry that a path leads to, its last link followed too; a link where it leads in a circle. */
export function follow(tree: ImageTree, path: string, links = 0): TreeEntry | undefined {
  const entry = path === '' ? rootEntry : tree.entry(path);
  if (entry?.type !== 'symlink' || links > mostLinks) return entry;
  const target = posix.resolve('/', posix.dirname(entry.path), entry.link ?? '');
  return follow(tree, inTree(target), links + 1);
}

function typeOf({ type }: TreeEntry): FileFacts['type'] {
  if (type === 'hardlink') return 'file';
  return type === 'file' || type === 'directory' ? type : 'other';
}

function writableAt(tree: ImageTree, entry: TreeEntry): readonly string[] {
  if (entry.type !== 'directory') return isWritable(entry) ? [`/${entry.path}`] : [];
  const inside = entry.path === '' ? '' : `${entry.path}/`;
  return [...tree.entries()]
    .filter(one => one.path === entry.path || one.path.startsWith(inside))
    .filter(isWritable)
    .map(({ path }) => `/${path}`);
}

/** Whether another user than root may write to it. The mode of a symbolic link means nothing. */
const isWritable = ({ type, mode, uid, gid }: TreeEntry): boolean =>
  type !== 'symlink' &&
  ((mode & 0o002) !== 0 || (gid !== 0 && (mode & 0o020) !== 0) || (uid !== 0 && (mode & 0o200) !== 0));
