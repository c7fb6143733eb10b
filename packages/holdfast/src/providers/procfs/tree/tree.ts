import type { FileHandle } from 'node:fs/promises';
import { bounds } from '../../../ports/looking/snapshot.ts';
import { type Folder, holdFolder, under } from './folder.ts';

/** The file system of a target, with the folders that were entered so far. Disposing of it lets go of them. */
export interface Tree extends AsyncDisposable {
  readonly root: Folder;
  /** Aborted when nobody waits any more for what is read in it. */
  readonly late: AbortSignal;
  /** Bytes that may still be taken into memory. */
  left: number;
  /** The folder of this name directly inside of another. Entered once, however often it is asked for. */
  enter(folder: Folder, name: string): Promise<Folder>;
}

export function treeAt(handle: FileHandle, late: AbortSignal): Tree {
  const root: Folder = { handle, path: '' };
  const entered = new Map<string, Promise<Folder>>();
  return {
    root,
    late,
    left: bounds.contents,
    enter(folder, name) {
      const path = `${folder.path}/${name}`;
      const known = entered.get(path) ?? enterFolder(folder, name);
      entered.set(path, known);
      return known;
    },
    async [Symbol.asyncDispose]() {
      const settled = await Promise.allSettled(entered.values());
      await Promise.all(settled.map(one => one.status === 'fulfilled' && one.value.handle.close()));
    },
  };
}

const enterFolder = async (up: Folder, name: string): Promise<Folder> => ({
  handle: await holdFolder(under(up, name)),
  path: `${up.path}/${name}`,
  up,
});
