import { posix } from 'node:path';
import type { StepOf } from '../../model/spec/recipe.ts';
import type { CopiedEntry } from '../steps/copy.ts';
import type { CopiedFile } from './locked-step.ts';

/** The files among what a step copies, by their paths relative to `system.ts`. */
export const copiedFiles = (
  { from }: Pick<StepOf<'copy'>, 'from'>,
  entries: readonly CopiedEntry[],
): readonly CopiedFile[] =>
  entries.flatMap(({ path, content }) => (content === undefined ? [] : [{ path: posix.join(from, path), content }]));
