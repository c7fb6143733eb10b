import type { Stats } from 'node:fs';
import type { EntryRead, FileType } from '../../../ports/looking/snapshot.ts';

export const entryOf = (stats: Stats): Omit<EntryRead, 'path'> => ({
  type: typeOf(stats),
  mode: stats.mode & 0o7777,
  uid: stats.uid,
  gid: stats.gid,
  size: stats.size,
});

function typeOf(stats: Stats): FileType {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  if (stats.isSymbolicLink()) return 'symlink';
  if (stats.isSocket()) return 'socket';
  if (stats.isFIFO()) return 'pipe';
  return stats.isBlockDevice() ? 'block device' : 'character device';
}
