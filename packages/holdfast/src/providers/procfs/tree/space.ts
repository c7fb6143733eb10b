import { statfs } from 'node:fs/promises';
import type { SpaceSeen } from '../../../ports/looking/snapshot.ts';
import { find } from './find.ts';
import { hold, under } from './folder.ts';
import type { Tree } from './tree.ts';

/** How much room the file system of a path has. */
export async function spaceAt(tree: Tree, path: string): Promise<SpaceSeen> {
  const found = await find(tree, path);
  if ('lost' in found) return { missing: 'there is none' };
  await using held = await hold(under(found.folder, found.name));
  const { blocks, bavail, bsize, files, ffree } = await statfs(`/proc/self/fd/${held.fd}`);
  return { space: { total: blocks * bsize, free: bavail * bsize, inodes: files, freeInodes: ffree } };
}
