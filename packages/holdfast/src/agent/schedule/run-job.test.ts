import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isFact, type JobOutcome, type LeaseOwner, type StoredFact } from '../../journal/fact.ts';
import type { Journal } from '../../journal/journal.ts';
import { currentOwner } from '../../journal/owner.ts';
import { type OpenToHands, onEachStore } from '../../journal/testing/stores.ts';
import { iso } from '../../kit/clock.ts';
import { randomId } from '../../kit/id.ts';
import type { Task, Tasks } from '../../ports/tasks.ts';
import { runIfDue, type Scheduled } from './run-job.ts';

/** One container as the contract of Tasks has it, whose runs the test ends. */
function oneTask(job: string) {
  const runs: PromiseWithResolvers<number>[] = [];
  let [startedAt, exitCode]: [number, number | undefined] = [0, undefined];
  let isRunning = false;
  const now = (): Task => ({
    id: 'one',
    birth: { uid: 'u', bornAs: `instance/${job}.job` },
    isRunning,
    startedAt,
    createdAt: 1,
    ...(exitCode !== undefined && !isRunning && { exitCode }),
  });
  const end = (code: number): void => {
    [isRunning, exitCode] = [false, code];
    runs.at(-1)?.resolve(code);
  };
  const tasks: Tasks = {
    list: async () => [now()],
    start: async () => {
      if (isRunning) return;
      runs.push(Promise.withResolvers());
      [isRunning, startedAt] = [true, Date.now()];
    },
    stop: async () => end(137),
    ended: async (_, signal) => {
      const aborted = Promise.withResolvers<never>();
      signal.addEventListener('abort', () => aborted.reject(signal.reason), { once: true });
      return isRunning ? Promise.race([runs.at(-1)?.promise ?? 0, aborted.promise]) : (exitCode ?? 0);
    },
  };
  return { tasks, end, runs };
}

onEachStore(store => {
  let here: OpenToHands;
  let journals: Journal[];
  const scope = { system: `s-${randomId()}`, environment: 'test' };
  const hourly: Scheduled = { job: 'job/clean', every: '1h', timeout: 60_000, since: Date.now() - 7_200_000 };

  beforeEach(async () => {
    here = await store.open();
    journals = [];
  });
  afterEach(async () => {
    await Promise.all(journals.map(journal => journal[Symbol.asyncDispose]()));
    await here[Symbol.asyncDispose]();
  });

  /** An agent of a process of its own, as far as the journal can tell. */
  async function agent(tasks: Tasks, owner: LeaseOwner = { ...currentOwner('holdfast agent'), doing: randomId() }) {
    const journal = await here.journal();
    journals.push(journal);
    const over = new AbortController();
    const ground = { scope, journal, tasks, clock: Date.now, owner, signal: over.signal };
    return { journal, over, run: (scheduled: Scheduled) => runIfDue(scheduled, ground) };
  }
  const factsIn = (journal: Journal): Promise<StoredFact[]> => Array.fromAsync(journal.read(scope));
  const outcomes = (facts: readonly StoredFact[]): JobOutcome[] =>
    facts.flatMap(fact => (isFact(fact, 'job.ended') ? [fact.payload.outcome] : []));

  test('two agents on one journal run a job once for a slot', async () => {
    const task = oneTask('clean');
    const [a, b] = [await agent(task.tasks), await agent(task.tasks)];
    const both = Promise.all([a.run(hourly), b.run(hourly)]);
    await expect.poll(() => task.runs.length).toBe(1);
    task.end(0);
    expect((await both).filter(slot => slot === undefined)).toHaveLength(1);
    expect(await b.run(hourly)).toBe(await a.run(hourly));
    expect(task.runs).toHaveLength(1);
    expect((await factsIn(a.journal)).map(({ kind }) => kind)).toEqual(['job.started', 'job.ended']);
  });

  test('a run whose agent was stopped is seen to its end by the next, and not run again', async () => {
    const task = oneTask('clean');
    const [a, b] = [await agent(task.tasks), await agent(task.tasks)];
    const first = a.run(hourly).catch(() => undefined);
    await expect.poll(() => task.runs.length).toBe(1);
    a.over.abort(new Error('stopped'));
    await first;
    const second = b.run(hourly);
    task.end(3);
    await second;
    const facts = await factsIn(b.journal);
    expect(task.runs).toHaveLength(1);
    expect(facts.find(fact => isFact(fact, 'job.ended'))?.payload).toMatchObject({ outcome: 'ended', exitCode: 3 });
  });

  test('one that was to be started when its agent was killed is started by the next', async () => {
    const task = oneTask('clean');
    const { journal, run } = await agent(task.tasks);
    const slot = { job: hourly.job, slot: iso(Date.now() - (Date.now() % 3_600_000)) };
    await journal.append([{ kind: 'job.started', ...scope, payload: slot }]);
    await sleep(5);
    const running = run(hourly);
    await expect.poll(() => task.runs.length).toBe(1);
    task.end(0);
    await running;
    expect(outcomes(await factsIn(journal))).toEqual(['ended']);
    expect(task.runs).toHaveLength(1);
  });

  test('one that takes too long is stopped, and slots that come meanwhile are told to be skipped', async () => {
    const task = oneTask('clean');
    const { journal, run } = await agent(task.tasks);
    await run({ job: 'job/clean', every: '1s', timeout: 2_500, since: 0 });
    const facts = await factsIn(journal);
    expect(outcomes(facts)).toEqual(['late']);
    expect(facts.filter(({ kind }) => kind === 'job.skipped').length).toBeGreaterThanOrEqual(2);
  });

  test('nothing that came before it was declared is due', async () => {
    const task = oneTask('clean');
    const { run } = await agent(task.tasks);
    await run({ ...hourly, every: '1d', since: Date.now() });
    expect(task.runs).toHaveLength(0);
  });
});
