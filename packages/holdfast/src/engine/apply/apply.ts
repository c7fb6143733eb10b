import pLimit, { type LimitFunction } from 'p-limit';
import type { FactDraft, Payloads, Recorder } from '../../journal/fact.ts';
import { iso } from '../../kit/clock.ts';
import { asProblem, exitCode, Problem } from '../../kit/problem.ts';
import type { World } from '../observe/world.ts';
import type { Plan, Step } from '../plan/plan.ts';
import { Live } from './live.ts';
import { type Done, perform, type Tools } from './perform.ts';
import { walk } from './walk.ts';

export interface ApplyParts extends Tools {
  readonly record: Recorder;
  readonly release: string;
  /** Whether the lease is still ours. Asked before each effect. */
  readonly fence: () => Promise<boolean>;
}

export interface Applied {
  readonly done: number;
  readonly failures: readonly { readonly step: Step; readonly problem: Problem }[];
  readonly skipped: number;
  readonly interrupted: boolean;
  /** The lease was lost: whatever failed or was not begun, this is why. */
  readonly overtaken?: Problem;
}

const parallel = 64;
/** How many objects of a kind an engine is asked for at once. Kinds that are not here cost it little. */
const bounds: Readonly<Record<string, number>> = {
  instance: 8,
  image: 2,
  network: 8,
  volume: 16,
  database: 4,
  role: 4,
  extension: 4,
};

/** Walks the plan's graph. Each effect has its intent on record before, and its result after. */
export async function apply(plan: Plan, world: World, parts: ApplyParts): Promise<Applied> {
  const live = new Live(world, plan.renames);
  const limits = new Map<string, LimitFunction>();
  if (!(await sayFirst(plan, parts)))
    return { done: 0, failures: [], skipped: plan.steps.length, interrupted: false, overtaken: overtaken() };
  const { done, failed, skipped } = await walk(plan.steps, {
    parallel,
    signal: parts.signal,
    visit: step => limited(limits, step, () => recorded(step, plan, live, parts)),
  });
  return {
    done: done.length,
    failures: failed.map(({ node, error }) => ({ step: node, problem: asProblem(error) })),
    skipped: skipped.length,
    interrupted: parts.signal.aborted,
    ...(failed.length + skipped.length > 0 && !(await parts.fence()) && { overtaken: overtaken() }),
  };
}

function limited<T>(limits: Map<string, LimitFunction>, step: Step, work: () => Promise<T>): Promise<T> {
  const kind = step.op === 'ensure' ? step.desired.kind : step.op === 'remove' ? step.seen.kind : undefined;
  const bound = kind && bounds[kind];
  if (!bound) return work();
  const key = `${step.engine} ${kind}`;
  const limit = limits.get(key) ?? pLimit(bound);
  limits.set(key, limit);
  return limit(work);
}

async function recorded(step: Step, plan: Plan, live: Live, parts: ApplyParts): Promise<void> {
  const record = recorderFor(plan, parts);
  const since = parts.clock();
  const elapsed = (): number => parts.clock() - since;
  await record('step.intended', {
    step: step.id,
    op: step.op,
    address: step.address,
    engine: step.engine,
    ...objectOf(step),
  });
  try {
    await fenced(parts);
    const done = await perform(step, live, parts);
    await record('step.done', { step: step.id, milliseconds: elapsed(), ...done });
    const destroyed = destroyedBy(step, done);
    if (destroyed) await record('destruction.done', destroyed);
  } catch (error) {
    const problem = parts.signal.aborted && isAbort(error) ? stopped(step) : asProblem(error);
    await record('step.failed', { step: step.id, milliseconds: elapsed(), problem: problem.toJSON() });
    throw problem;
  }
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

const stopped = ({ id }: Step): Problem =>
  new Problem({ what: `${id} was stopped before it was done`, exit: exitCode.failed });

function recorderFor({ system, environment }: Pick<Plan, 'system' | 'environment'>, { release, record }: ApplyParts) {
  return <K extends FactDraft['kind']>(kind: K, payload: FactDraft<K>['payload']): Promise<void> =>
    record({ kind, system, environment, release, payload } as FactDraft);
}

function objectOf(step: Step): { uid?: string; name?: string } {
  if (step.op === 'ensure') return { uid: step.desired.uid, name: step.desired.name };
  if (step.op === 'remove') return { uid: step.seen.birth?.uid ?? '', name: step.seen.name };
  return {};
}

async function fenced({ fence }: ApplyParts): Promise<void> {
  if (!(await fence())) throw overtaken();
}

const overtaken = (): Problem =>
  new Problem({
    what: 'the lease of this environment is no longer ours',
    why: 'this process was held up for longer than the lease lasts, and another one has taken over',
    fix: 'wait until that one has ended (`holdfast status` says who), then run `holdfast up` again',
    exit: exitCode.failed,
    retry: true,
  });

function destroyedBy(step: Step, { id }: Done): Payloads['destruction.done'] | undefined {
  if (step.op !== 'remove' || !step.seen.holdsData || !step.seen.birth || id === undefined) return undefined;
  return { uid: step.seen.birth.uid, address: step.address };
}

/** What is true from now on by being said alone. False where it is no longer ours to say. */
async function sayFirst({ renames, scheduled, cancelled, ...plan }: Plan, parts: ApplyParts): Promise<boolean> {
  if (renames.length + scheduled.length + cancelled.length === 0) return true;
  if (!(await parts.fence())) return false;
  const record = recorderFor(plan, parts);
  await Promise.all([
    ...renames.map(rename => record('resource.renamed', rename)),
    ...cancelled.map(one => record('destruction.cancelled', one)),
    ...scheduled.map(({ grace, ...one }) =>
      record('destruction.scheduled', { ...one, due: iso(parts.clock() + grace) }),
    ),
  ]);
  return true;
}
