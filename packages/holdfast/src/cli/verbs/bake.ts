import { lockChanges } from '../../bake/lock/changes.ts';
import type { LockMode } from '../../bake/lock/lock-book.ts';
import { bake as bakeAll } from '../../flow.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import { type Call, type CommonOptions, printJson, type Verb } from '../call.ts';
import { looking } from '../ground/looking.ts';
import { type OvenOptions, withOven } from '../ground/oven.ts';
import { toBakeOutput } from '../output/to-bake.ts';
import { bakeLines } from '../show/bake.ts';

export interface BakeOptions extends CommonOptions {
  readonly update?: boolean;
  readonly locked?: boolean;
  /** False for `--no-seal`. */
  readonly seal: boolean;
  /** False for `--no-twice`. */
  readonly twice: boolean;
  readonly verbose?: boolean;
}

/** Bakes images, examines and seals them. Deploys nothing. */
export const bake: Verb<BakeOptions, [names: readonly string[]]> = (call, names) => {
  const lockMode = modeOf(call.options);
  return looking(
    call,
    async stage => {
      const reports = await bakeAll(withOven(stage, ovenOptions(call)), names);
      const { before, after } = await (await stage.baking.book()).change();
      const output = toBakeOutput(reports, lockChanges(before, after));
      if (call.options.json) printJson(call, output);
      else call.out.print(bakeLines(output, call.out.palette, call.out.width));
      return output.well ? exitCode.kept : exitCode.failed;
    },
    { lockMode },
  );
};

function modeOf({ update, locked }: BakeOptions): LockMode {
  if (update && locked)
    throw new Problem({
      what: '--update and --locked contradict each other',
      why: 'one changes holdfast.lock, the other refuses to',
      fix: 'give one of them',
      exit: exitCode.wrongUse,
    });
  return update ? 'update' : locked ? 'frozen' : 'complete';
}

function ovenOptions({ options, err }: Call<BakeOptions>): OvenOptions {
  const say = (image: string, line: string): void => {
    if (!options.json) err.print([`${err.palette.dim(`${image}:`)} ${line}`]);
  };
  return { seal: options.seal, twice: options.twice, onLayer: say, onOutput: options.verbose ? say : () => {} };
}
