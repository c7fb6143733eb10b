import { asProblem } from '../../../kit/problem.ts';
import type { Ended } from '../../../ports/looking/command-runner.ts';
import type { Spawned } from '../../../ports/looking/spawn.ts';
import { type Exchange, exchangeUntil, type Limits, leftBehind, TalkEnd } from './exchange.ts';
import { newMark } from './mark.ts';
import { until } from './until.ts';

/** Lines of shell that are told to a shell, and what comes back. */
export interface Talk {
  /** One at a time. After a rejection nothing can be asked any more. */
  ask(script: string, limits: Limits, signal: AbortSignal): Promise<Ended>;
  /** Why nothing can be asked any more. */
  readonly over: string | undefined;
  /** Resolves when the shell says nothing more. */
  readonly silence: Promise<void>;
}

export function talkWith({ input, output }: Spawned): Talk {
  let now: Exchange | undefined;
  let over: string | undefined;
  const end = (why: string): void => {
    over ??= why;
    now?.end(over);
  };
  input.on('error', () => end('it takes no input any more'));
  const silence = listen().then(
    () => end('the shell in it ended'),
    (error: unknown) => end(asProblem(error).message),
  );
  return {
    silence,
    async ask(script, limits, signal) {
      if (over !== undefined) throw new TalkEnd(over);
      signal.throwIfAborted();
      const mark = newMark();
      const { exchange, ended } = exchangeUntil(mark, limits);
      now = exchange;
      try {
        input.write(`${script}\necho "${mark} $?"; echo "${mark} " >&2\n`);
        return await until(signal, ended);
      } catch (error) {
        end('it was left in the middle of a command');
        throw error;
      } finally {
        now = undefined;
      }
    },
    get over() {
      return over;
    },
  };

  /** What comes when nothing was asked is of something that a command left behind, which may print at any time. */
  async function listen(): Promise<void> {
    for await (const part of output) {
      if (now && !now.isOver) now.take(part);
      else over ??= leftBehind;
    }
  }
}
