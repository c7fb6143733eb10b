import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { join, posix } from 'node:path';
import type { TreeEntry } from '../../../../kit/tree.ts';
import type { ImageTree } from '../../../../ports/image-tree.ts';
import { bytesOf } from '../tree/content.ts';

/** What stands at each path, for people and for comparing: `file 644 0:0 <content>`. */
export type Shown = Readonly<Record<string, string>>;

export async function shownEntries(entries: readonly TreeEntry[]): Promise<Shown> {
  const named = new Map(entries.map(entry => [entry.path, entry]));
  const shown = entries.map(async entry => {
    const target = entry.type === 'hardlink' ? named.get(entry.link ?? '') : undefined;
    const real = target ?? entry;
    const content = real.type === 'file' ? Buffer.from(await bytesOf(real)).toString() : (real.link ?? '');
    return [entry.path, line(real.type, real.mode, `${real.uid}:${real.gid}`, content)] as const;
  });
  return Object.fromEntries((await Promise.all(shown)).toSorted());
}

const line = (type: string, mode: number, owner: string, content: string): string =>
  `${type} ${type === 'symlink' ? '777' : mode.toString(8)} ${owner} ${content}`.trimEnd();

export function shownFolder(root: string, folder = ''): Shown {
  const names = readdirSync(join(root, folder)).sort();
  const shown = names
    .map(name => join(folder, name))
    .map((path): Shown => {
      const stat = lstatSync(join(root, path));
      const inner = stat.isDirectory() ? shownFolder(root, path) : {};
      return { [path]: shownFile(join(root, path), stat), ...inner };
    });
  return Object.assign({}, ...shown);
}

function shownFile(path: string, stat: Stats): string {
  const type = stat.isSymbolicLink() ? 'symlink' : stat.isDirectory() ? 'directory' : 'file';
  const content = type === 'symlink' ? readlinkSync(path) : type === 'file' ? readFileSync(path, 'utf8') : '';
  return line(type, stat.mode & 0o7777, `${stat.uid}:${stat.gid}`, content);
}

/** A tree that is there already. */
export function treeOf(entries: readonly TreeEntry[]): ImageTree {
  const all = new Map(entries.map(entry => [entry.path, entry]));
  const folder = (path: string): string => {
    if (path === '.' || path === '') return '';
    const here = posix.join(folder(posix.dirname(path)), posix.basename(path));
    const link = all.get(here)?.link;
    return all.get(here)?.type === 'symlink' && link
      ? folder(posix.resolve('/', posix.dirname(here), link).slice(1))
      : here;
  };
  const entry = (path: string) => all.get(posix.join(folder(posix.dirname(path)), posix.basename(path)));
  return {
    entry,
    entries: () => all.values(),
    read: async path => {
      const found = all.get(folder(path));
      return found?.type === 'file' ? await bytesOf(found) : undefined;
    },
  };
}
