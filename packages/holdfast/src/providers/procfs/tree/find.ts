import type { Stats } from 'node:fs';
import { lstat, readlink } from 'node:fs/promises';
import { bounds } from '../../../ports/looking/snapshot.ts';
import { type Folder, under } from './folder.ts';
import type { Tree } from './tree.ts';

/** What a path leads to, all links followed. */
export interface Found {
  /** The folder that it is directly inside of. */
  readonly folder: Folder;
  /** `.` for the root. */
  readonly name: string;
  readonly stats: Stats;
  /** What the path itself says where it is a symbolic link. */
  readonly link?: string;
}

/** A path that leads nowhere, and what its last part says where that is a symbolic link. */
export interface Lost {
  readonly lost: 'there is none' | 'leads in a circle';
  readonly link?: string;
}

/** Where the way has come to: a folder, and what of the path is still to be gone. */
interface Step {
  readonly folder: Folder;
  readonly ahead: readonly string[];
  readonly links: number;
  /** What the path itself says. */
  readonly link?: string;
}

const partsOf = (path: string): readonly string[] => path.split('/').filter(part => part !== '' && part !== '.');

/**
 * Follows a path part by part inside of the tree, as the target itself would: a link that begins with `/` begins at the
 * target's root, and above that is nothing. What the kernel would follow by itself here would begin at ours.
 */
export async function find(tree: Tree, path: string): Promise<Found | Lost> {
  let step: Step | Found | Lost = { folder: tree.root, ahead: partsOf(path), links: 0 };
  while ('ahead' in step) step = await next(tree, step);
  return step;
}

async function next(tree: Tree, { ahead: [name, ...ahead], ...step }: Step): Promise<Step | Found | Lost> {
  const { folder, link } = step;
  if (name === undefined) return { folder, name: '.', stats: await folder.handle.stat(), ...(link && { link }) };
  if (name === '..') return { ...step, folder: folder.up ?? folder, ahead };
  const stats = await lstat(under(folder, name)).catch(unlessNone);
  if (!stats) return { lost: 'there is none', ...(link && { link }) };
  if (stats.isSymbolicLink()) return follow(tree, { ...step, ahead }, await readlink(under(folder, name)));
  if (ahead.length === 0) return { folder, name, stats, ...(link && { link }) };
  if (!stats.isDirectory()) return { lost: 'there is none', ...(link && { link }) };
  return { ...step, folder: await tree.enter(folder, name), ahead };
}

function follow(tree: Tree, step: Step, says: string): Step | Lost {
  // Links on the way say nothing of the path itself, nor do those that its own link leads to.
  const link = step.link ?? (step.ahead.length === 0 ? says : undefined);
  const own = link === undefined ? {} : { link };
  if (step.links === bounds.links) return { lost: 'leads in a circle', ...own };
  return {
    folder: says.startsWith('/') ? tree.root : step.folder,
    ahead: [...partsOf(says), ...step.ahead],
    links: step.links + 1,
    ...own,
  };
}

const none = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']);

export function unlessNone(error: NodeJS.ErrnoException): undefined {
  if (!none.has(error.code ?? '')) throw error;
}
