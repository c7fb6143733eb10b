import { posix } from 'node:path';
import type { TreeEntry } from '../../../kit/tree.ts';
import type { ImageConfig } from '../../../model/spec/recipe.ts';
import type { ImageTree } from '../../../ports/image-tree.ts';
import { follow, inTree } from './tree-facts.ts';

const usualPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The file that a container would run for this word, PATH searched; undefined where there is none. */
export function programAt(tree: ImageTree, settings: ImageConfig, word: string): TreeEntry | undefined {
  const isProgram = (entry: TreeEntry | undefined): entry is TreeEntry =>
    (entry?.type === 'file' || entry?.type === 'hardlink') && (entry.mode & 0o111) !== 0;
  return placesOf(settings, word)
    .map(path => follow(tree, inTree(path)))
    .find(isProgram);
}

/** Where it would be looked for. */
export function placesOf(settings: ImageConfig, word: string): readonly string[] {
  if (word.includes('/')) return [posix.resolve(settings.workdir ?? '/', word)];
  return (settings.env.PATH ?? usualPath).split(':').map(folder => posix.join(folder || '/', word));
}
