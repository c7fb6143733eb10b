import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { spellDuration } from '../kit/duration.ts';
import { exitCode, Problem } from '../kit/problem.ts';
import { channel, type Question } from './answer.ts';
import { markIn } from './explain/stack.ts';
import type { StandBy } from './stand-by.ts';

export interface EvaluateOptions {
  /** Milliseconds. Default 30,000. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  /** Asked for a process that was started before. */
  readonly standBy?: StandBy | undefined;
}

/** From source, the user's import of 'holdfast' leads to the source too. */
const extension = extname(import.meta.filename);
const fromSource = extension === '.ts' ? ['--conditions=holdfast-source'] : [];
const child = join(import.meta.dirname, `child${extension}`);

/**
 * Node itself refuses to write files (but for its own cache), to start processes and to load native code. Without threads
 * that compile, since with them Node may hang at its exit: nodejs/node#54918.
 */
const flags = [
  '--permission',
  '--allow-fs-read=*',
  '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
  '--no-concurrent-recompilation',
  ...fromSource,
];

/** Asks a child process; resolves with its answer as it wrote it. */
export async function evaluate(
  question: Question,
  { timeout = 30_000, signal, standBy }: EvaluateOptions,
): Promise<string> {
  signal?.throwIfAborted();
  const over = AbortSignal.timeout(timeout);
  const stop = AbortSignal.any([over, ...(signal ? [signal] : [])]);
  const process = standBy?.take(question.file) ?? start(question.file);
  const kill = () => process.kill('SIGKILL');
  stop.addEventListener('abort', kill, { once: true });
  try {
    const ended = once(process, 'close');
    // Who waits for it is told; nobody does where the answer came.
    ended.catch(() => {});
    // A child that is killed may tear the pipe: how it ended says why there is no answer.
    const answer = await converse(process, question).catch(() => '');
    if (isWhole(answer)) {
      // To go takes it a tenth of a second more, for which nobody has to wait.
      process.unref();
      return answer;
    }
    const ending = await ended;
    signal?.throwIfAborted();
    throw over.aborted ? tooLong(question.file, timeout) : died(question.file, ending);
  } finally {
    stop.removeEventListener('abort', kill);
  }
}

/** Where the syntax error is that keeps a file from being read; undefined when Node does not say. */
export async function placeOfSyntaxError(file: string): Promise<string | undefined> {
  const process = start(file, 'pipe');
  const lastWords = text(process.stderr as Readable);
  await converse(process, { file, target: { name: '' }, lastWords: true });
  return markIn(await lastWords);
}

/**
 * Starts the process that evaluates, or a program of ours with its words in its place. What the user's code prints goes
 * to our standard error: our standard output is for what was asked of us.
 */
export function start(file: string, stderr: 2 | 'pipe' = 2, program = [child]): ChildProcess {
  const { NODE_OPTIONS: _, ...inherited } = withoutSecrets(process.env);
  const cache = cacheFolder(inherited);
  const allowed = cache === undefined ? [] : [`--allow-fs-write=${cache}`];
  const env = { ...inherited, ...(cache && { NODE_COMPILE_CACHE: cache }) };
  return spawn(process.execPath, [...flags, ...allowed, ...program], {
    cwd: dirname(file),
    env,
    stdio: ['ignore', 2, stderr, 'pipe'],
  });
}

/** What declares a secret needs no value of it, and the environment of a process is open to all that the user runs. */
const withoutSecrets = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !/^HOLDFAST_(SECRET_|IDENTITY$)/.test(name)));

/** Where Node keeps what it compiled, which halves the time of a start; undefined where nothing can be kept. */
function cacheFolder({ XDG_CACHE_HOME }: NodeJS.ProcessEnv): string | undefined {
  const folder = join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'holdfast', 'node');
  try {
    mkdirSync(folder, { recursive: true });
    return folder;
  } catch {
    return undefined;
  }
}

/** Resolves with the answer as soon as it is whole, or with what came of it until there was no more. */
async function converse(process: ChildProcess, question: Question): Promise<string> {
  const pipe = process.stdio[channel] as Duplex;
  pipe.on('error', () => {});
  pipe.setEncoding('utf8').write(`${JSON.stringify(question)}\n`);
  let answer = '';
  for await (const part of pipe) {
    answer += part;
    if (isWhole(answer)) break;
  }
  return answer;
}

/** It is one line. */
const isWhole = (answer: string): boolean => answer.endsWith('\n');

const tooLong = (file: string, timeout: number): Problem =>
  new Problem({
    what: `${file} did not finish within ${spellDuration(timeout)}`,
    where: `${file}:1:1`,
    why: 'declaring a system takes milliseconds: most likely a loop does not end',
    fix: 'look for a loop, or for what is computed at length, and take it out of system.ts',
    exit: exitCode.wrongUse,
  });

const died = (file: string, [code, signal]: unknown[]): Problem =>
  new Problem({
    what: `the process that evaluates ${file} ended before it answered, with ${signal ?? `code ${code}`}`,
    where: `${file}:1:1`,
    why: 'it ran out of memory, was killed, or could not start; what it wrote stands above',
    fix: 'take what is large or endless out of system.ts; if it was killed from outside, run it again',
    exit: exitCode.wrongUse,
  });
