import { setTimeout as sleep } from 'node:timers/promises';
import { Names } from '../../engine/observe/names.ts';
import type { FactDraft, JobOutcome, JobSlot, LeaseOwner } from '../../journal/fact.ts';
import type { Journal } from '../../journal/journal.ts';
import { type HeldLease, holdIfFree } from '../../journal/keeper.ts';
import { runLeaseName } from '../../journal/lease-name.ts';
import { renames } from '../../journal/view.ts';
import { type Clock, iso } from '../../kit/clock.ts';
import { nextSlot } from '../../kit/every.ts';
import { Problem } from '../../kit/problem.ts';
import { type Address, nameIn } from '../../model/address.ts';
import type { Scope } from '../../model/identity.ts';
import { type Task, type Tasks, taskSlot } from '../../ports/tasks.ts';
import { type Past, pastOf } from './past.ts';
import { dueSlot } from './slots.ts';

/** A job that runs when its time has come. */
export interface Scheduled {
  readonly job: Address;
  readonly every: string;
  /** How long it may run, in milliseconds. */
  readonly timeout: number;
  /** Since when it is declared, in milliseconds since 1970: no slot before counts as missed. */
  readonly since: number;
}

export interface RunGround {
  readonly scope: Scope;
  readonly journal: Journal;
  readonly tasks: Tasks;
  readonly clock: Clock;
  readonly owner: LeaseOwner;
  readonly signal: AbortSignal;
}

/**
 * Runs a job to its end if it is due: once for each slot, however many ask at once and whenever one of them is killed. Who
 * runs it has its lease until the end, and says so in the journal before it starts it. A run that its agent did not
 * live to see the end of is seen to by the next. Gives the last slot that is done with.
 */
export async function runIfDue(scheduled: Scheduled, ground: RunGround): Promise<number | undefined> {
  const { scope, journal, clock, owner } = ground;
  const name = runLeaseName(scope, scheduled.job);
  await using lease = await holdIfFree({ leases: journal.leases, name, owner });
  if (!lease) return undefined;
  const past = await pastOf(journal, scope, scheduled.job);
  if (past.open) await finish(scheduled, past.open, ground, lease);
  const due = dueSlot(scheduled.every, clock(), past.last ?? scheduled.since);
  if (due === undefined) return past.last ?? scheduled.since;
  const task = await taskOf(scheduled, ground);
  const slot: JobSlot = { job: scheduled.job, slot: iso(due) };
  await append(ground, { kind: 'job.started', ...scope, payload: slot });
  await toTheEnd(scheduled, slot, task, ground, lease);
  return due;
}

/** It was started, or not: the engine knows. */
async function finish(
  scheduled: Scheduled,
  { slot, at }: NonNullable<Past['open']>,
  ground: RunGround,
  lease: HeldLease,
): Promise<void> {
  const task = await taskOf(scheduled, ground);
  const known = { job: scheduled.job, slot };
  if (task.createdAt > at) return ended(ground, known, 'lost', at);
  if (!task.isRunning && task.startedAt >= at) return ended(ground, known, 'ended', at, task.exitCode);
  await toTheEnd(scheduled, known, task, ground, lease);
}

async function toTheEnd(
  scheduled: Scheduled,
  slot: JobSlot,
  task: Task,
  ground: RunGround,
  lease: HeldLease,
): Promise<void> {
  const { tasks, clock, signal } = ground;
  const [over, begun] = [new AbortController(), clock()];
  const stop = AbortSignal.any([signal, lease.lost, over.signal]);
  await tasks.start(task);
  const skipping = tellSkipped(scheduled, begun, ground, stop);
  const late = sleep(scheduled.timeout, undefined, { signal: stop, ref: false });
  try {
    const exit = await Promise.race([tasks.ended(task, stop), late]);
    if (exit === undefined) await tasks.stop(task);
    await ended(ground, slot, exit === undefined ? 'late' : 'ended', begun, exit ?? undefined);
  } finally {
    over.abort();
    await Promise.allSettled([skipping, late]);
  }
}

/** Slots that come while it runs are not made up for. */
async function tellSkipped(
  { job, every }: Scheduled,
  begun: number,
  ground: RunGround,
  over: AbortSignal,
): Promise<void> {
  for (let slot = nextSlot(every, begun); slot !== undefined; slot = nextSlot(every, slot)) {
    await sleep(Math.max(0, slot - ground.clock()), undefined, { signal: over });
    await append(ground, { kind: 'job.skipped', ...ground.scope, payload: { job, slot: iso(slot) } });
  }
}

const ended = (
  ground: RunGround,
  slot: JobSlot,
  outcome: JobOutcome,
  begun: number,
  exitCode?: number,
): Promise<void> =>
  append(ground, {
    kind: 'job.ended',
    ...ground.scope,
    payload: { ...slot, outcome, ...(exitCode !== undefined && { exitCode }), milliseconds: ground.clock() - begun },
  });

const append = ({ journal }: RunGround, fact: FactDraft): Promise<void> => journal.append([fact]);

/** The youngest, should a release be replacing it. */
async function taskOf({ job }: Scheduled, { scope, journal, tasks }: RunGround): Promise<Task> {
  const names = new Names(await renames(journal, scope.system, scope.environment));
  const wanted = taskSlot(nameIn(job));
  const found = (await tasks.list()).filter(({ birth }) => names.ofBirth(birth) === wanted);
  const [youngest] = found.sort((a, b) => b.createdAt - a.createdAt);
  if (youngest) return youngest;
  throw new Problem({
    what: `${job} is due, and there is no container of it`,
    fix: 'run `holdfast up`, which makes it',
    retry: true,
  });
}
