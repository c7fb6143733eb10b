import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../kit/clock.ts';
import { dueSlot } from './slots.ts';

/** Something that is done when its time has come. */
export interface Duty {
  /** Tells it from others. */
  readonly of: string;
  readonly every: string;
  /** Does it if it is due; gives the last slot that is done with, or undefined where another is at it. */
  run(): Promise<number | undefined>;
  /** In milliseconds: until it is tried again, after it failed. */
  readonly pause: number;
}

export interface ScheduleParts {
  /** Those that are declared at this moment. */
  readonly duties: () => readonly Duty[];
  readonly clock: Clock;
  /** Told what went wrong, and will be tried again. */
  readonly onTrouble: (error: unknown) => void;
  readonly signal: AbortSignal;
}

/** In milliseconds: between two looks at the clock, and until it is looked again after another who is at it. */
const [tick, later] = [1_000, 5_000];

/** Does all duties when they are due, until the signal. What runs then goes on; the next agent sees to its end. */
export async function keepSchedule({ duties, clock, onTrouble, signal }: ScheduleParts): Promise<void> {
  const done = new Map<string, number>();
  const pauses = new Map<string, number>();
  const running = new Map<string, Promise<void>>();

  async function run({ of, run: work, pause }: Duty): Promise<void> {
    try {
      const last = await work();
      if (last === undefined) pauses.set(of, clock() + later);
      else done.set(of, last);
    } catch (error) {
      if (!signal.aborted) onTrouble(error);
      pauses.set(of, clock() + pause);
    }
  }

  const isDue = ({ of, every }: Duty): boolean => {
    const last = done.get(of);
    const isPaused = (pauses.get(of) ?? 0) > clock();
    return !running.has(of) && !isPaused && (last === undefined || dueSlot(every, clock(), last) !== undefined);
  };

  while (!signal.aborted) {
    for (const duty of duties().filter(isDue))
      running.set(
        duty.of,
        run(duty).finally(() => running.delete(duty.of)),
      );
    await sleep(tick, undefined, { signal }).catch(() => {});
  }
  await Promise.all(running.values());
}
