import type { Ended } from '../../../ports/command-runner.ts';
import type { OutputPart, Spawned } from '../../../ports/spawn.ts';
import { finder, newMark } from './mark.ts';
import { tape } from './tape.ts';
import { until } from './until.ts';

export interface Limits {
  /** Bytes that may be printed to each output; who prints more is stopped. */
  readonly most: number;
  /** Bytes that are kept of each end. */
  readonly kept?: number;
}

export const tooMuch = ({ most }: Limits): string => `it printed more than ${most >> 20} MiB, and was stopped`;

const leftBehind = 'something that a command left behind prints';

/** That nothing more is to be heard of a shell, and why. */
export class TalkEnd extends Error {
  override readonly name = 'TalkEnd';
  /** What it printed last. */
  readonly said: string;

  constructor(why: string, said = '') {
    super(why);
    this.said = said;
  }
}

/** Lines of shell that are told to a shell, and what comes back. */
export interface Talk {
  /** One at a time. After a rejection nothing can be asked any more. */
  ask(script: string, limits: Limits, signal: AbortSignal): Promise<Ended>;
  /** Why nothing can be asked any more. */
  readonly over: string | undefined;
  /** Resolves when the shell says nothing more. */
  readonly silence: Promise<void>;
}

/** What listens while something was asked. */
interface Exchange {
  take(part: OutputPart): void;
  end(why: string): void;
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
    (error: unknown) => end(String(error)),
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
      if (now) now.take(part);
      else over ??= leftBehind;
    }
  }
}

function exchangeUntil(mark: string, { most, kept }: Limits) {
  const { promise: ended, resolve, reject } = Promise.withResolvers<Ended>();
  const tapes = { stdout: tape(kept), stderr: tape(kept) };
  const finders = {
    stdout: finder(mark, bytes => tapes.stdout.take(bytes)),
    stderr: finder(mark, bytes => tapes.stderr.take(bytes)),
  };
  const found = new Set<OutputPart['stream']>();
  // Who asked may not wait any more when it fails.
  ended.catch(() => {});
  const exchange: Exchange = {
    take({ stream, bytes }) {
      if (found.has(stream)) return reject(new TalkEnd(leftBehind));
      if (finders[stream].take(bytes)) found.add(stream);
      if (found.has(stream) && finders[stream].rest.length > 0) return reject(new TalkEnd(leftBehind));
      if (tapes[stream].total > most) return reject(new TalkEnd(tooMuch({ most })));
      if (found.size < 2) return;
      resolve({
        exitCode: Number(finders.stdout.line),
        stdout: tapes.stdout.printed(),
        stderr: tapes.stderr.printed(),
      });
    },
    end(why) {
      tapes.stdout.take(finders.stdout.rest);
      reject(new TalkEnd(why, Buffer.from(tapes.stdout.printed().first).toString('utf8')));
    },
  };
  return { exchange, ended };
}
