import { setTimeout as sleep } from 'node:timers/promises';
import type { Journal } from '../journal/journal.ts';
import { type KeptRelease, lastKept } from '../journal/view.ts';
import type { Scope } from '../model/identity.ts';

/** What the journal says is to be: the release that was kept last. Nothing before it could be read. */
export interface Knowledge {
  readonly release: KeptRelease | undefined;
  /** Follows the journal until the signal. */
  follow(signal: AbortSignal): Promise<void>;
}

/** In milliseconds, until a journal that is away is tried again. */
const pause = 2_000;

export function knowledgeOf(
  scope: Scope,
  open: () => Promise<Journal>,
  onTrouble: (error: unknown) => void,
): Knowledge {
  let release: KeptRelease | undefined;

  async function read(signal: AbortSignal): Promise<void> {
    const journal = await open();
    const head = await journal.head();
    release = await lastKept(journal, scope.system, scope.environment);
    for await (const { kind } of journal.follow(head, signal))
      if (kind === 'release.ended') release = await lastKept(journal, scope.system, scope.environment);
  }

  return {
    get release() {
      return release;
    },
    async follow(signal) {
      while (!signal.aborted)
        await read(signal).catch(async error => {
          if (!signal.aborted) onTrouble(error);
          await sleep(pause, undefined, { signal }).catch(() => {});
        });
    },
  };
}
