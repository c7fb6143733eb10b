import { restore } from '../../flow.ts';
import type { HeldLease } from '../../journal/keeper.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import { isLabel } from '../../model/declaration/label.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import { readMoment } from '../../restore/asked.ts';
import { restoredScope } from '../../restore/desire.ts';
import type { RestoreEvent } from '../../restore/ground.ts';
import { type Removed, removeRestored } from '../../restore/place.ts';
import type { Restored } from '../../restore/restore.ts';
import { consent, refuseUnanswered } from '../acting/consent.ts';
import { type Call, durationOf, printJson } from '../call.ts';
import { withLease } from '../ground/lease.ts';
import type { WorkingStage } from '../ground/stage.ts';
import type { RestoreOutput, RestoreRemovedOutput } from '../output/restore.ts';
import { restoreEventLines, restoreLines } from '../show/restore.ts';
import type { RestoreOptions } from '../verbs/restore.ts';
import { enginesForRestored, makersOf } from './makers.ts';
import { nextSteps } from './next-steps.ts';

type Asking = Call<RestoreOptions>;

/** Restores, telling how it goes, and says what it came to. */
export async function restoring(call: Asking, stage: WorkingStage, database: string | undefined): Promise<void> {
  const { to, into, count } = call.options;
  if (into !== undefined) refuseName(into, await stage.declare());
  const asked = {
    ...(database !== undefined && { database }),
    ...(to !== undefined && { to: readMoment(to, stage.clock()) }),
    ...(into !== undefined && { into }),
  };
  const events: RestoreEvent[] = [];
  const output = await alone(call, stage, async lease => {
    const restored = await makersOf(stage, lease);
    const made = await restore({ ...stage, restored, tellRestore: teller(call, events) }, asked);
    const next = nextSteps(made, await stage.declare());
    return toOutput(made, next, events, count ? await made.server.count() : undefined);
  });
  if (call.options.json) printJson(call, output);
  else call.out.print(restoreLines(output, call.out.palette, call.out.width));
}

/** Takes a restored server away, with what it holds. */
export async function removing(call: Asking, stage: WorkingStage, name: string): Promise<void> {
  refuseName(name);
  refuseUnanswered(call);
  const question = `Take the restored server ${name} away, with all that is in it?`;
  await consent({ call, question, typed: { names: [], option: '' } });
  const removed = await alone(call, stage, lease => removeEverywhere(name, stage, lease));
  const output: RestoreRemovedOutput = { removed: name, found: removed.some(({ found }) => found) };
  if (call.options.json) printJson(call, output);
  else call.out.print([output.found ? `${name} is taken away` : `there is no restored server ${name}`]);
}

async function removeEverywhere(name: string, stage: WorkingStage, lease: HeldLease): Promise<readonly Removed[]> {
  const providers = await makersOf(stage, lease);
  return Promise.all(
    (await enginesForRestored(stage)).map(around => removeRestored(name, { around, providers, signal: stage.signal })),
  );
}

/** Of several who restore in one environment, one works and the others wait: two could mean the same name. */
async function alone<T>(call: Asking, stage: WorkingStage, work: (lease: HeldLease) => Promise<T>): Promise<T> {
  const { name: system, environment } = await stage.declare();
  const { wait } = call.options;
  const parts = {
    scope: restoredScope({ system, environment }),
    journal: stage.journal,
    doing: 'holdfast restore',
    wait: wait === false ? 0 : durationOf('--wait', wait),
    signal: stage.signal,
    record: stage.record,
    onWait: () => call.err.print(['waiting for another restore of this environment']),
  };
  return withLease(parts, lease => {
    call.holdOn();
    return work(lease);
  });
}

/** People read it as it comes; with --json it goes into the one document at the end. */
const teller =
  ({ options, out }: Asking, events: RestoreEvent[]) =>
  (event: RestoreEvent): void => {
    events.push(event);
    if (!options.json) out.print(restoreEventLines(event, out.palette, out.width));
  };

function toOutput(
  { told, database }: Restored,
  next: RestoreOutput['next'],
  events: readonly RestoreEvent[],
  rows: RestoreOutput['rows'],
): RestoreOutput {
  const { into, backup, target, reached, lastCommit, brokenAfter, rto, rpo } = told;
  return {
    ...{ database, into, backup, reached, rto, rpo },
    ...(target !== undefined && { target }),
    ...(lastCommit !== undefined && { lastCommit }),
    ...(brokenAfter !== undefined && { brokenAfter }),
    unreadable: events.flatMap(one => (one.event === 'unreadable' ? [{ backup: one.backup, reason: one.reason }] : [])),
    notArchived: events.flatMap(one => (one.event === 'not-archived' ? [one.reason] : [])),
    next,
    ...(rows && { rows }),
  };
}

/** With a model, also what somebody answers to: clients would come to either. */
function refuseName(name: string, model?: SystemModel): void {
  const isTaken = model && resourcesOf(model, 'service').some(service => service.name === name);
  if (isLabel(name) && !isTaken) return;
  throw new Problem({
    what: `a server can't be called '${name}'`,
    why: isTaken ? `service/${name} is` : 'others reach it by that name: small letters, digits and hyphens',
    fix: 'give another one, as in --into db-before',
    exit: exitCode.wrongUse,
  });
}
