import { setTimeout as sleep } from 'node:timers/promises';
import type { Journal } from '../../journal/journal.ts';
import type { Address } from '../../model/address.ts';
import { type RunGround, runIfDue, type Scheduled } from './run-job.ts';
import { dueSlot } from './slots.ts';

export interface ScheduleParts extends Omit<RunGround, 'journal'> {
  /** Those that are declared at this moment. */
  readonly jobs: () => readonly Scheduled[];
  readonly journal: () => Promise<Journal>;
  /** Told what went wrong, and will be tried again. */
  readonly onTrouble: (error: unknown) => void;
}

/** In milliseconds: between two looks at the clock, and until what went wrong, or another does, is looked at again. */
const [tick, later] = [1_000, 5_000];

/** Runs all jobs when they are due, until the signal. Those that run then go on; the next agent sees to their end. */
export async function keepSchedule(parts: ScheduleParts): Promise<void> {
  const { signal, clock, onTrouble } = parts;
  const done = new Map<Address, number>();
  const pauses = new Map<Address, number>();
  const running = new Map<Address, Promise<void>>();

  async function run(scheduled: Scheduled): Promise<void> {
    const { job } = scheduled;
    try {
      const last = await runIfDue(scheduled, { ...parts, journal: await parts.journal() });
      if (last === undefined) pauses.set(job, clock() + later);
      else done.set(job, last);
    } catch (error) {
      if (!signal.aborted) onTrouble(error);
      pauses.set(job, clock() + later);
    }
  }

  const isDue = ({ job, every }: Scheduled): boolean => {
    const last = done.get(job);
    return (pauses.get(job) ?? 0) <= clock() && (last === undefined || dueSlot(every, clock(), last) !== undefined);
  };

  while (!signal.aborted) {
    for (const scheduled of parts.jobs())
      if (!running.has(scheduled.job) && isDue(scheduled))
        running.set(
          scheduled.job,
          run(scheduled).finally(() => running.delete(scheduled.job)),
        );
    await sleep(tick, undefined, { signal }).catch(() => {});
  }
  await Promise.all(running.values());
}
