import { setTimeout as sleep } from 'node:timers/promises';
import { isBusy, keptBusy } from './problems.ts';

export interface Patience {
  readonly path: string;
  /** For how long to try, in milliseconds. */
  readonly lasting: number;
}

/**
 * Does something short to a database that others use too. While they are at it, it tries again, without holding the
 * event loop up; who has waited long asks more often, so that nobody waits for ever. Throws a Problem in the end.
 */
export async function patiently<T>(act: () => T, { path, lasting }: Patience): Promise<T> {
  const since = performance.now();
  for (let tries = 0; ; tries++) {
    try {
      return act();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() - since > lasting) throw keptBusy(path, lasting);
    }
    await sleep(pause(tries));
  }
}

/** Milliseconds, random, so that those who wait don't ask in step. */
const pause = (tries: number): number => 1 + Math.random() * Math.max(1, 8 - tries);
