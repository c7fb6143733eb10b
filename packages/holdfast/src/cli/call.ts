import type { StandBy } from '../declare/stand-by.ts';
import { type Duration, isDuration, toMilliseconds } from '../kit/duration.ts';
import { exitCode, Problem } from '../kit/problem.ts';
import type { Stopping } from './ground/stopping.ts';
import type { Outside } from './outside.ts';
import type { Screen } from './show/screen.ts';

/** What every verb can be told. */
export interface CommonOptions {
  readonly env?: string;
  readonly file?: string;
  readonly json?: boolean;
  readonly color?: boolean;
  readonly yes?: boolean;
  readonly timeout?: string;
}

/** One call of the command line: what was asked, and what it stands in. */
export interface Call<O extends CommonOptions = CommonOptions> {
  readonly options: O;
  readonly outside: Outside;
  readonly stopping: Stopping;
  readonly out: Screen;
  readonly err: Screen;
  /** From now on a reader who goes away ends nothing: a change is under way. */
  readonly holdOn: () => void;
  /** A process that evaluates system.ts, where one was started beforehand. */
  readonly standBy?: StandBy | undefined;
}

/** A verb: does it, and gives the exit code. */
export type Verb<O extends CommonOptions = CommonOptions, A extends readonly unknown[] = []> = (
  call: Call<O>,
  ...args: A
) => Promise<number>;

/** Where the call is about. */
export const whereOf = ({ options: { env, file }, outside: { cwd }, standBy }: Call) => ({ cwd, env, file, standBy });

/** One JSON document on standard output. */
export const printJson = ({ outside }: Call, value: unknown): void =>
  void outside.stdout.write(`${JSON.stringify(value, null, 2)}\n`);

/** Milliseconds of what an option was given. Throws a Problem for what is no duration. */
export function durationOf(option: string, text: string): number {
  if (isDuration(text)) return toMilliseconds(text as Duration);
  throw new Problem({
    what: `${option} takes a duration, and got '${text}'`,
    fix: `write it as in ${option} 30s, ${option} 10m`,
    exit: exitCode.wrongUse,
  });
}

/** The whole number that an option was given. */
export function numberOf(option: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Problem({
    what: `${option} takes a whole number, and got '${text}'`,
    fix: `write it as in ${option} 100`,
    exit: exitCode.wrongUse,
  });
}
