import type { EntryRead, FileRead, FileType } from '../../../ports/looking/snapshot.ts';

type Entry = EntryRead & Pick<FileRead, 'modified'>;

/** A line of `stat -c '%f %u %g %s %Y %n'`; undefined for one that is none. */
export function entryIn(line: string): Entry | undefined {
  const [, mode = '', uid, gid, size, modified, path = ''] =
    /^([0-9a-f]+) (\d+) (\d+) (\d+) (-?\d+) (.*)$/s.exec(line) ?? [];
  if (mode === '') return undefined;
  const bits = Number.parseInt(mode, 16);
  return {
    path,
    type: types[(bits >> 12).toString(16)] ?? 'file',
    mode: bits & 0o7777,
    uid: Number(uid),
    gid: Number(gid),
    size: Number(size),
    modified: Number(modified) * 1_000,
  };
}

/** By the upper four bits of a mode, in hex, as in inode(7). */
const types: Readonly<Record<string, FileType>> = {
  c: 'socket',
  a: 'symlink',
  8: 'file',
  6: 'block device',
  4: 'directory',
  2: 'character device',
  1: 'pipe',
};

/** By path, of several lines. */
export const entriesIn = (text: string): ReadonlyMap<string, Entry> =>
  new Map(
    text.split('\n').flatMap(line => {
      const entry = entryIn(line);
      return entry ? [[entry.path, entry] as const] : [];
    }),
  );
