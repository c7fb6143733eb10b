import type { Command, CommanderError } from 'commander';
import type { StandBy } from '../declare/stand-by.ts';
import { exitCode, Problem, Problems } from '../kit/problem.ts';
import { type Call, type CommonOptions, durationOf } from './call.ts';
import { hearSignals, Stopped, type Stopping } from './ground/stopping.ts';
import type { Outside } from './outside.ts';
import { programFor } from './program.ts';
import { bug, bugLines } from './show/bug.ts';
import { problemsIn, problemsLines } from './show/problem.ts';
import { screenOf } from './show/screen.ts';
import { version } from './version.ts';
import { wrongUse } from './wrong-use.ts';

/** Reads the command line, runs the verb, tells what went wrong; gives the exit code. */
export async function run(argv: readonly string[], outside: Outside, standBy?: StandBy): Promise<number> {
  const told: CommonOptions = { json: argv.includes('--json'), color: !argv.includes('--no-color') };
  const stopping = hearSignals();
  const holdOn = heedBrokenPipes(outside);
  let code: number = exitCode.kept;
  const program = programFor(
    async (options, begin) => {
      if (options.timeout !== undefined) stopping.endAfter(durationOf('--timeout', options.timeout));
      code = await begin({ options, outside, stopping, holdOn, standBy, ...screens(options, outside) });
    },
    { writeOut: text => void outside.stdout.write(text), writeErr: () => {}, outputError: () => {} },
    screens(told, outside).out.palette,
  );
  try {
    if (argv[0] === '--version') return printVersion(told, outside);
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return isCommander(error) ? misused(error, program, told, outside) : failed(error, told, outside, stopping);
  }
}

const screens = ({ color }: CommonOptions, { stdout, stderr, env }: Outside): Pick<Call, 'out' | 'err'> => ({
  out: screenOf(stdout, env, color),
  err: screenOf(stderr, env, color),
});

function printVersion({ json }: CommonOptions, { stdout }: Outside): number {
  const told = { version: version(), node: process.version };
  stdout.write(`${json ? JSON.stringify(told) : told.version}\n`);
  return exitCode.kept;
}

/** A reader who has seen enough, such as `head`, and a terminal that was closed, end what only looks, without a word. */
function heedBrokenPipes({ stdout, stderr }: Outside): () => void {
  let isActing = false;
  for (const stream of [stdout, stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
      if (!isActing) process.exit(exitCode.kept);
    });
  return () => {
    isActing = true;
  };
}

const isCommander = (error: unknown): error is CommanderError =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('commander.');

/** Help is no error, also where it is shown because no verb was named. */
function misused(error: CommanderError, program: Command, told: CommonOptions, outside: Outside): number {
  if (error.exitCode === 0) return exitCode.kept;
  if (error.code !== 'commander.help') return tell(wrongUse(error), told, outside);
  outside.stdout.write(program.helpInformation());
  return exitCode.kept;
}

function failed(error: unknown, told: CommonOptions, outside: Outside, { signal }: Stopping): number {
  if (error instanceof Problem || error instanceof Problems) return tell(error, told, outside);
  if (signal.aborted && isEnd(error)) return ended(signal.reason as Stopped, told, outside);
  if (told.json) return tell(bug(error, version()), told, outside);
  const { err } = screens(told, outside);
  err.print(bugLines(error, version(), err.palette, err.width));
  return exitCode.failed;
}

const isEnd = (error: unknown): boolean =>
  error instanceof Stopped || (error instanceof Error && error.name === 'AbortError');

function tell(error: Problem | Problems, told: CommonOptions, outside: Outside): number {
  const { err } = screens(told, outside);
  const problems = problemsIn(error);
  if (told.json) outside.stderr.write(`${JSON.stringify({ problems, exit: error.exit })}\n`);
  else err.print(problemsLines(problems, err.palette, err.width));
  return error.exit;
}

/** Nothing was begun: there is nothing to go back from. */
function ended({ by, exit }: Stopped, told: CommonOptions, outside: Outside): number {
  if (by === 'timeout')
    tell(new Problem({ what: 'the time that --timeout gives is over', exit: exitCode.unreachable }), told, outside);
  return exit;
}
