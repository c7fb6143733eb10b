import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { unpackTar } from 'modern-tar';
import type { TreeChange, TreeEntry } from '../../../kit/tree.ts';
import { shelf } from './script.ts';

/** Reads what the script writes in the end. */
export async function harvestOf(stream: Readable, _file: string): Promise<TreeChange> {
  const entries = (await unpackTar(Readable.toWeb(stream))).map(toEntry);
  const listed = (name: string) => listIn(entries.find(({ path }) => path === `${shelf}/${name}`.slice(1)));
  const [before, after] = [listed('before'), new Set(listed('after'))];
  const changed = entries.filter(({ path }) => !`/${path}`.startsWith(`${shelf}/`));
  return { entries: changed, removed: removedOf(before, after, changed) };
}

const clean = (path: string): string => path.replace(/^\.\//, '').replace(/\/$/, '');

/** Of a folder that went, without what was in it; and nothing below what is no folder any more. */
function removedOf(before: readonly string[], after: ReadonlySet<string>, changed: readonly TreeEntry[]) {
  const folders = new Set(changed.filter(({ type }) => type !== 'directory').map(({ path }) => path));
  return before.filter(path => {
    const folder = posix.dirname(path);
    return !after.has(path) && (folder === '.' || after.has(folder)) && !folders.has(folder);
  });
}

const listIn = (entry: TreeEntry | undefined): readonly string[] =>
  Buffer.from((entry?.content as Uint8Array | undefined) ?? [])
    .toString('utf8')
    .split('\0')
    .filter(Boolean)
    .map(clean);

const types = {
  file: 'file',
  link: 'hardlink',
  symlink: 'symlink',
  directory: 'directory',
  'character-device': 'character',
  'block-device': 'block',
  fifo: 'fifo',
} as const;

function toEntry({ header, data }: Awaited<ReturnType<typeof unpackTar>>[number]): TreeEntry {
  const type = types[(header.type ?? 'file') as keyof typeof types] ?? 'file';
  return {
    path: clean(header.name),
    type,
    mode: header.mode ?? 0o644,
    uid: header.uid ?? 0,
    gid: header.gid ?? 0,
    mtime: Math.floor((header.mtime?.getTime() ?? 0) / 1000),
    size: type === 'file' ? header.size : 0,
    ...(header.linkname && { link: type === 'hardlink' ? clean(header.linkname) : header.linkname }),
    ...(type === 'file' && data && data.length > 0 && { content: data }),
  };
}
