import { type Clock, systemClock } from '../kit/clock.ts';

/** What the command line knows of the process that it is. A parameter everywhere, so that a test can be the outside. */
export interface Outside {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly clock: Clock;
}

export const thisProcess = (): Outside => ({
  env: process.env,
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  clock: systemClock,
});

/** Whether a person sits there who sees what is asked and can answer. */
export const hasPerson = ({ stdin, stdout }: Outside): boolean => Boolean(stdin.isTTY && stdout.isTTY);
