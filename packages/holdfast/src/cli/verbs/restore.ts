import { exitCode } from '../../kit/problem.ts';
import type { ActingOptions } from '../acting/act.ts';
import type { Verb } from '../call.ts';
import { working } from '../ground/looking.ts';

export interface RestoreOptions extends ActingOptions {
  readonly to?: string;
  readonly into?: string;
  readonly count?: boolean;
  readonly remove?: string;
}

/** Makes a server of a backup beside those that run, or takes such a one away again. */
export const restore: Verb<RestoreOptions, [database: string | undefined]> = async (call, database) => {
  const { removing, restoring } = await import('../restoring/restoring.ts');
  const { remove } = call.options;
  await working(call, stage =>
    remove === undefined ? restoring(call, stage, database) : removing(call, stage, remove),
  );
  return exitCode.kept;
};
