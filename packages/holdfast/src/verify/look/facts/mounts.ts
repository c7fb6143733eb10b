import type { DiskFacts, MountFacts } from '../../../model/assertion/facts/files.ts';
import type { OneMount } from '../../../model/assertion/facts/whole.ts';
import type { Snapshot } from '../../../ports/looking/snapshot.ts';
import type { Glance } from './glance.ts';
import { notRead } from './texts.ts';

/** What is mounted at a path itself: the last where there are several, one upon the other. */
export function mountIn({ mounts = notRead }: Snapshot, path: string): Glance<MountFacts> {
  if (!('text' in mounts)) return mounts;
  const found = mountsIn(mounts.text).findLast(mount => mount.at === path);
  if (!found) return { missing: 'nothing is mounted there' };
  const { at: _, ...facts } = found;
  return { facts };
}

export const mountsIn = (text: string): readonly OneMount[] => text.split('\n').flatMap(mountOf);

/** A line as in proc_pid_mountinfo(5): some optional fields are ended by a dash. */
function mountOf(line: string): readonly OneMount[] {
  const [before = '', after = ''] = line.split(' - ');
  const [, , , , at, own = ''] = before.split(' ');
  const [filesystem = '', source = '', ofSystem = ''] = after.split(' ');
  if (at === undefined || filesystem === '') return [];
  const options = optionsOf(own.split(','), ofSystem.split(','));
  return [{ at: plain(at), filesystem, source: plain(source), options }];
}

/** Those of the mount, and those of the file system. It can be written to only where both say so. */
function optionsOf(own: readonly string[], ofSystem: readonly string[]): readonly string[] {
  const all = new Set([...own, ...ofSystem].filter(Boolean));
  if (all.has('ro')) all.delete('rw');
  return [...all];
}

/** The kernel spells a space, a tab, the end of a line and a backslash in octal. */
const plain = (text: string): string =>
  text.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

export function diskIn({ space }: Snapshot, path: string): Glance<DiskFacts> {
  const seen = space.get(path) ?? notRead;
  if (!('space' in seen)) return seen;
  const { total, free, inodes, freeInodes } = seen.space;
  return { facts: { total, free, ...(inodes > 0 && { inodes: { total: inodes, free: freeInodes } }) } };
}
