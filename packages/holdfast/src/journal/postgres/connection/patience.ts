import { setTimeout as sleep } from 'node:timers/promises';
import { isLost } from './problems.ts';

/**
 * Does something that a lost connection may have cut short, and does it again on another one, at growing distances: `act`
 * is told how often it was tried already, and must come to the same when the first try went through unheard. The last
 * error is thrown when the time, in milliseconds, is over.
 */
export async function patiently<T>(act: (tries: number) => Promise<T>, lasting: number): Promise<T> {
  const since = performance.now();
  for (let tries = 0; ; tries++) {
    try {
      return await act(tries);
    } catch (error) {
      if (!isLost(error) || performance.now() - since > lasting) throw error;
    }
    await sleep(pause(tries));
  }
}

/** Milliseconds, from some 50 to some 1,000; random by half, so that those who wait don't come in step. */
const pause = (tries: number): number => Math.min(1_000, 50 * 2 ** Math.min(tries, 5)) * (0.75 + Math.random() / 2);
