import { posix } from 'node:path';
import { exitCode, Problem } from '../../kit/problem.ts';
import type { TreeEntry } from '../../kit/tree.ts';
import type { ImageTree } from '../../ports/image-tree.ts';

/**
 * Entries as a layer over a tree takes them: links among their folders followed, since a folder in place of a link
 * would hide what the link leads to (`/bin` leads to `usr/bin`), and folders that are missing made, with 0755.
 */
export function placed(entries: readonly TreeEntry[], below: ImageTree, epoch: number): readonly TreeEntry[] {
  const made = new Map<string, TreeEntry>();
  for (const entry of entries) {
    const path = throughLinks(entry.path, below);
    const link = entry.type === 'hardlink' && entry.link !== undefined ? throughLinks(entry.link, below) : entry.link;
    // A folder that is there keeps its owner and mode: a copy into /tmp or /etc is none of /tmp and /etc.
    if (entry.type === 'directory' && isFolder(path, below)) continue;
    refuseOther(entry, path, below);
    made.set(path, { ...entry, path, ...(link !== undefined && { link }) });
  }
  for (const path of [...made.keys()]) addParents(path, made, below, epoch);
  return [...made.values()];
}

/** The path with the links in its folders, not in its last part, replaced by what they lead to. */
function throughLinks(path: string, below: ImageTree): string {
  const folder = posix.dirname(path);
  return folder === '.' ? path : posix.join(realFolder(folder, below), posix.basename(path));
}

function realFolder(folder: string, below: ImageTree, depth = 0): string {
  const parent = posix.dirname(folder);
  const here = parent === '.' ? folder : posix.join(realFolder(parent, below, depth), posix.basename(folder));
  const found = below.entry(here);
  if (found?.type !== 'symlink' || depth > 40) return here;
  const target = posix.resolve('/', posix.dirname(here), found.link ?? '').slice(1);
  return target === '' ? here : realFolder(target, below, depth + 1);
}

/** A file in place of a folder would take away all that is in it, which nobody who copies a file means. */
function refuseOther({ type }: TreeEntry, path: string, below: ImageTree): void {
  const found = below.entry(path)?.type;
  if (found === undefined || (found === 'directory') === (type === 'directory')) return;
  throw new Problem({
    what: `/${path} is a ${found === 'directory' ? 'folder' : found} in the image, and a step brings a ${type === 'directory' ? 'folder' : type} of that name`,
    why: 'all that is there would be gone',
    fix: found === 'directory' ? `name the file too: copy('a.txt', '/${path}/a.txt')` : 'copy to another path',
    exit: exitCode.wrongUse,
  });
}

/** A link to a folder serves as that folder. */
const isFolder = (path: string, below: ImageTree): boolean =>
  ['directory', 'symlink'].includes(below.entry(path)?.type ?? '');

function addParents(path: string, made: Map<string, TreeEntry>, below: ImageTree, epoch: number): void {
  for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder)) {
    if (made.has(folder) || below.entry(folder)) continue;
    made.set(folder, { path: folder, type: 'directory', mode: 0o755, uid: 0, gid: 0, mtime: epoch, size: 0 });
  }
}
