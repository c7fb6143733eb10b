import { setTimeout as sleep } from 'node:timers/promises';
import type { FactDraft } from '../journal/fact.ts';

export interface Outbox {
  /** Never throws, and never waits. */
  put(fact: FactDraft): void;
  /** Sends what is put until the signal; then what is left, if it goes at once. */
  send(signal: AbortSignal): Promise<void>;
}

export interface OutboxParts {
  readonly append: (facts: readonly FactDraft[]) => Promise<void>;
  /** Told why facts wait, once for each time that the journal goes away; and how many were lost. */
  readonly onTrouble: (error: unknown) => void;
  /** How many facts may wait; the oldest go first. Default 1,000. */
  readonly atMost?: number;
  /** How long until it is tried again, in milliseconds. Default 2,000. */
  readonly every?: number;
}

/** Facts on their way to a journal that may be away, in order: it may be kept by the very database that fails over. */
export function outbox({ append, onTrouble, atMost = 1_000, every = 2_000 }: OutboxParts): Outbox {
  const waiting: FactDraft[] = [];
  let bell = Promise.withResolvers<void>();
  let isAway = false;

  async function sendAll(): Promise<void> {
    const facts = waiting.slice(0, 100);
    if (facts.length === 0) return;
    await append(facts);
    waiting.splice(0, facts.length);
    isAway = false;
    await sendAll();
  }

  const trouble = (error: unknown): void => {
    if (!isAway) onTrouble(error);
    isAway = true;
  };

  return {
    put(fact) {
      waiting.push(fact);
      if (waiting.length > atMost) {
        waiting.shift();
        onTrouble(new Error('the journal is away for so long that the oldest fact is lost'));
      }
      bell.resolve();
    },
    async send(signal) {
      while (!signal.aborted) {
        bell = Promise.withResolvers();
        const failed = await sendAll().then(
          () => false,
          error => trouble(error) === undefined,
        );
        const pause = sleep(every, undefined, { signal }).catch(() => {});
        if (failed) await pause;
        else if (waiting.length === 0) await Promise.race([bell.promise, untilAborted(signal)]);
      }
      await sendAll().catch(trouble);
    },
  };
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise(resolve => signal.addEventListener('abort', () => resolve(), { once: true }));
