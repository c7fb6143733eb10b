import { lockChanges } from '../../bake/lock/changes.ts';
import type { LockMode } from '../../bake/lock/lock-book.ts';
import { type BakeResult, isFailed } from '../../bake/story/bake-image.ts';
import { bake as bakeAll } from '../../flow.ts';
import { asProblem, exitCode, Problem } from '../../kit/problem.ts';
import type { SystemModel } from '../../model/system-model.ts';
import { type Call, type CommonOptions, printJson, type Verb } from '../call.ts';
import { working } from '../ground/looking.ts';
import { withOven } from '../ground/oven.ts';
import type { WorkingStage } from '../ground/stage.ts';
import { bringOut } from '../images/bring-out.ts';
import { imagesIn } from '../images/collection.ts';
import { type Destination, destinationOf } from '../images/outlets.ts';
import { defaultLimit, pruneStore } from '../images/pruning.ts';
import { type BakeProgress, plainProgress, silent, terminalProgress } from '../live/bake-progress.ts';
import { followedBake } from '../live/followed-bake.ts';
import type { BakeOutput } from '../output/bake.ts';
import { toBakeOutput } from '../output/to-bake.ts';
import { bakeLines } from '../show/bake.ts';

export interface BakeOptions extends CommonOptions {
  readonly update?: boolean;
  readonly locked?: boolean;
  /** False for `--no-seal`. */
  readonly seal: boolean;
  /** False for `--no-twice`. */
  readonly twice: boolean;
  /** Where images are brought besides: `oci:FOLDER`, `registry:HOST/REPO`, `engine:REPO`. */
  readonly to?: readonly string[];
  readonly verbose?: boolean;
}

/** Bakes images, examines and seals them; brings them out where that is asked for. Deploys nothing. */
export const bake: Verb<BakeOptions, [names: readonly string[]]> = async (call, names) => {
  const lockMode = modeOf(call.options);
  const to = (call.options.to ?? []).map(text => destinationOf(text, call.outside.cwd));
  const told = await progressFor(call);
  call.stopping.onStop = (_, abandon) => told.say(stoppingWords(abandon));
  try {
    const output = await working(call, stage => work({ call, names, to, told, stage }), { lockMode });
    return output.well ? exitCode.kept : exitOf(output);
  } finally {
    told.rest();
  }
};

interface Asked {
  readonly call: Call<BakeOptions>;
  readonly names: readonly string[];
  readonly to: readonly Destination[];
  readonly told: BakeProgress;
  readonly stage: WorkingStage;
}

async function work({ call, names, to, told, stage }: Asked): Promise<BakeOutput> {
  const { results, model } = await baked(stage, names, call, told);
  const { before, after } = await (await stage.baking.book()).change();
  const brought = await bringOut(results, to, stage.hosts, stage.signal);
  told.rest();
  const output = toBakeOutput(results, lockChanges(before, after), brought);
  if (call.options.json) printJson(call, output);
  else call.out.print(bakeLines(output, call.out.palette, call.out.width));
  if (results.some(isNew)) await keepWithin(stage, model, call);
  return output;
}

async function baked(
  stage: WorkingStage,
  names: readonly string[],
  { options }: Call<BakeOptions>,
  told: BakeProgress,
) {
  const { seal, twice } = options;
  await using followed = followedBake(told, hooks => withOven(stage, { seal, twice, ...hooks }));
  return { results: await bakeAll(followed.stage, names), model: followed.model() };
}

async function progressFor({ options, outside, err }: Call<BakeOptions>): Promise<BakeProgress> {
  if (options.json) return silent;
  if (err.isTerminal && !options.verbose) return terminalProgress(outside.stderr, err, outside.clock);
  return plainProgress(err, options.verbose ?? false);
}

const stoppingWords = (abandon: boolean): string =>
  abandon ? 'leaving all as it is at this moment' : 'stopping: what is under way is taken away';

const isNew = (result: BakeResult): boolean => !isFailed(result) && !result.kept;

/** The store stays within its limit by itself. What keeps it from that is told, and fails no bake. */
async function keepWithin(
  { baking, journal }: WorkingStage,
  model: SystemModel | undefined,
  call: Call,
): Promise<void> {
  const { outside, options, err } = call;
  try {
    const declared = model ? imagesIn(model).map(({ inputs }) => inputs) : [];
    const limit = defaultLimit(outside.env);
    const { store, journal: journalName } = baking;
    await pruneStore({ store: store.folder, journal, journalName, declared, limit, now: outside.clock() });
  } catch (error) {
    if (!options.json) err.print([err.palette.yellow(`the store was not pruned: ${asProblem(error).message}`)]);
  }
}

/** The exit code of the first thing that went wrong and has one. */
const exitOf = ({ failed, brought }: BakeOutput): number =>
  [...failed, ...brought].flatMap(({ problem }) => problem?.exit ?? [])[0] ?? exitCode.failed;

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
