import { setTimeout as sleep } from 'node:timers/promises';

/** Lets many through together, or one alone, in the order in which they come. */
export interface Turnstile {
  together<T>(work: () => Promise<T>): Promise<T>;
  /** Begins when all that came before are through. What takes longer than the patience is no longer waited for. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/** `patience` is in milliseconds. */
export function turnstile(patience: number): Turnstile {
  const inside = new Set<Promise<unknown>>();
  let last: Promise<unknown> = Promise.resolve();

  return {
    together(work) {
      const done = last.then(work);
      const through: Promise<unknown> = done.then(ignore, ignore).then(() => inside.delete(through));
      inside.add(through);
      return done;
    },

    alone(work) {
      const free = Promise.all([last, ...inside]);
      const done = free.then(work);
      last = free.then(() => Promise.race([done.catch(ignore), sleep(patience, undefined, { ref: false })]));
      return done;
    },
  };
}

const ignore = (): void => {};
