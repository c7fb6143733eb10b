import { posix } from 'node:path';
import type { TreeEntry } from '../../kit/tree.ts';
import type { StepOf } from '../../model/spec/recipe.ts';
import type { FileHashes } from '../file-hashes.ts';
import { type CopiedEntry, type CopyContext, copyInputs, copyTree } from './copy.ts';
import { inTree, made } from './entries.ts';

type Holdfast = StepOf<'holdfast'>;

/** The folder of this copy of the package, with its bundle in it: made first, where it is a work tree. */
export type OwnPackage = () => Promise<string>;

/** What of the package the command needs. */
const pieces = { 'package.json': '0644', bin: '0755', 'dist/bundle': '0644' } as const;

/** The command itself, inside the package. */
export const command = 'bin/holdfast.js';

const copies = ({ to }: Holdfast): readonly StepOf<'copy'>[] =>
  Object.entries(pieces).map(([from, mode]) => ({
    do: 'copy',
    from,
    to: posix.join(to, from),
    owner: '0:0',
    mode,
    ignore: [],
  }));

/** What the command depends on, by path inside the package, with its content. */
export async function holdfastInputs(
  folder: string,
  step: Holdfast,
  hashes: FileHashes,
): Promise<readonly CopiedEntry[]> {
  const all = await Promise.all(
    copies(step).map(async copy =>
      (await copyInputs(folder, copy, hashes)).map(entry => ({ ...entry, path: posix.join(copy.from, entry.path) })),
    ),
  );
  return all.flat();
}

/** The package at its place, and the command on the path. */
export async function holdfastTree(
  folder: string,
  step: Holdfast,
  context: CopyContext,
): Promise<readonly TreeEntry[]> {
  const trees = await Promise.all(copies(step).map(copy => copyTree(folder, copy, context)));
  return [...trees.flat(), made.symlink('usr/local/bin/holdfast', `/${inTree(step.to)}/${command}`, context.epoch)];
}
