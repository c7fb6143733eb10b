import type { Ended } from '../../../ports/looking/command-runner.ts';
import type { OutputPart } from '../../../ports/looking/spawn.ts';
import { finder } from './mark.ts';
import { tape } from './tape.ts';

export interface Limits {
  /** Bytes that may be printed to each output; who prints more is stopped. */
  readonly most: number;
  /** Bytes that are kept of each end. */
  readonly kept?: number;
}

export const tooMuch = ({ most }: Limits): string => `it printed more than ${most >> 20} MiB, and was stopped`;

export const leftBehind = 'something that a command left behind prints';

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

/** What listens while something was asked. */
export interface Exchange {
  /** Whether all of the answer has come. */
  readonly isOver: boolean;
  take(part: OutputPart): void;
  end(why: string): void;
}

/** Takes down what is printed until the mark came in both outputs. */
export function exchangeUntil(mark: string, { most, kept }: Limits) {
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
    get isOver() {
      return found.size === 2;
    },
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
