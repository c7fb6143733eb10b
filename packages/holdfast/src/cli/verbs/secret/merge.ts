import { execFile } from 'node:child_process';
import { dirname, relative } from 'node:path';
import { promisify } from 'node:util';
import { exitCode, Problem } from '../../../kit/problem.ts';
import type { Side } from '../../../providers/secrets/merge.ts';
import type { SealedSides } from '../../../providers/secrets/store.ts';
import { type CommonOptions, printJson, type Verb } from '../../call.ts';
import type { SecretMergeOutput } from '../../output/secret/merge.ts';
import { amongSecrets } from '../../secrets/among.ts';

export interface MergeOptions extends CommonOptions {
  readonly prefer?: Side;
}

/** Puts together what two branches made of the file of secrets, as git has them during a merge. */
export const merge: Verb<MergeOptions> = call =>
  amongSecrets(call, async ({ place, secrets }) => {
    const { taken } = await secrets.merge(await sidesOf(secrets.path, call.outside.cwd), call.options.prefer);
    const output: SecretMergeOutput = { environment: place.environment.name, file: secrets.path, taken };
    const { palette: paint } = call.out;
    if (call.options.json) printJson(call, output);
    else
      call.out.print([
        `${paint.green('✓')} merged: ${taken.length > 0 ? `${taken.join(', ')} from theirs, the rest as it was` : 'all as it was'}`,
        paint.dim(`  git add ${relative(call.outside.cwd, secrets.path)}`),
      ]);
    return exitCode.kept;
  });

/** Git keeps what both began with, ours and theirs as the stages 1, 2 and 3 of a file that it could not merge. */
async function sidesOf(file: string, cwd: string): Promise<SealedSides> {
  const [base, ours, theirs] = await Promise.all([1, 2, 3].map(stage => staged(file, stage)));
  if (ours !== undefined && theirs !== undefined) return { base, ours, theirs };
  throw new Problem({
    what: 'there is nothing to merge',
    where: relative(cwd, file),
    why: 'git has no two sides of this file: no merge is under way in which both changed it',
    fix: 'if its marks are left in the file all the same, bring one side back with `git checkout`',
    exit: exitCode.wrongUse,
  });
}

/** Undefined where git does not have it. */
const staged = (file: string, stage: number): Promise<string | undefined> =>
  promisify(execFile)('git', ['show', `:${stage}:./${relative(dirname(file), file)}`], { cwd: dirname(file) }).then(
    ({ stdout }) => stdout,
    () => undefined,
  );
