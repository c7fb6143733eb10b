import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import { spellDuration } from '../../../kit/duration.ts';
import { asProblem } from '../../../kit/problem.ts';
import { judge } from '../../../model/assertion/judge.ts';
import { factsOfCommand } from '../../../model/assertion/software/custom.ts';
import type { SubjectOf, SubjectSpec } from '../../../model/spec/check-spec.ts';
import type { OpenTrials, Trial } from '../trial/trial.ts';
import type { Candidate, Sight, Subject } from './examine.ts';
import { programAt } from './programs.ts';
import { type AnyLooked, measured } from './static-looks.ts';

type Sights = readonly (readonly [SubjectSpec, Sight])[];

/** Looks at what only a container can tell. */
export async function lookIntoTrials(
  subjects: readonly Subject[],
  candidate: Candidate,
  open: OpenTrials,
  signal: AbortSignal,
): Promise<Sights> {
  const commands = subjects.filter(({ of }) => of.type === 'command' || of.type === 'custom');
  const asked = subjects.filter(({ of }) => of.type === 'port' || of.type === 'http');
  const ports = asked.flatMap(({ of }) => ('port' in of ? of.port : []));
  await using ground = await open(ports, signal);
  const all = await Promise.all([
    commands.length > 0
      ? onTrial(commands, ground.idle, trial => runAll(commands, trial, candidate, signal), signal)
      : [],
    asked.length > 0 ? onTrial(asked, ground.started, trial => askAll(asked, trial, signal), signal) : [],
  ]);
  return all.flat();
}

/** An image whose container can't be made is one that fails, not one that can't be examined. */
async function onTrial(
  subjects: readonly Subject[],
  make: () => Promise<Trial>,
  look: (trial: Trial) => Promise<Sights>,
  signal: AbortSignal,
): Promise<Sights> {
  const trial = await make().catch((error: unknown) => {
    signal.throwIfAborted();
    return wordsOf(error);
  });
  if (typeof trial !== 'string') return look(trial);
  return subjects.map(({ of }) => [of, { looked: { unknown: trial }, milliseconds: 0 }]);
}

/** An engine is hardly faster with more: each exec is a process of its own there. */
const atOnce = 4;

type Run = SubjectOf<'command'> | SubjectOf<'custom'>;

async function runAll(subjects: readonly Subject[], trial: Trial, of: Candidate, signal: AbortSignal): Promise<Sights> {
  const limit = pLimit(atOnce);
  return Promise.all(
    subjects.map(subject =>
      limit(async () => [subject.of, await measured(() => runUntil(subject, trial, of, signal))] as const),
    ),
  );
}

/** How long a command may take that is given no time to become right, in milliseconds. */
const longestRun = 10_000;

/** Runs it once; where it is given time, until all that is said of it is so. */
async function runUntil(subject: Subject, trial: Trial, of: Candidate, signal: AbortSignal): Promise<AnyLooked> {
  const command = subject.of as Run;
  const end = performance.now() + (command.eventually ?? longestRun);
  for (;;) {
    const looked = await run(command, Math.max(1, Math.round(end - performance.now())), trial, of, signal);
    if (command.eventually === undefined || performance.now() + interval > end) return looked;
    if (subject.said.every(({ assertion }) => judge(assertion, looked).ok)) return looked;
    await pause(interval, undefined, { signal });
  }
}

async function run(
  of: Run,
  longest: number,
  trial: Trial,
  { tree, settings }: Candidate,
  signal: AbortSignal,
): Promise<AnyLooked> {
  const [program = ''] = of.command;
  if (!programAt(tree, settings, program)) return { unknown: `there is no program ${program} in the image` };
  const late = AbortSignal.timeout(longest);
  try {
    const facts = await trial.run(of.command, AbortSignal.any([signal, late]));
    // The engine's own words about a container that has ended would pass for the command's.
    if (facts.exitCode >= 126 && !(await trial.isRunning())) return { unknown: await epitaph(trial) };
    return of.type === 'custom' ? factsOfCommand(of.parse, facts) : { facts };
  } catch (error) {
    signal.throwIfAborted();
    return { unknown: late.aborted ? `it did not end within ${spellDuration(longest)}` : wordsOf(error) };
  }
}

/** What must not listen could begin to: it is asked last, when all the others are there, and not before this, in ms. */
const settled = 2_000;

async function askAll(subjects: readonly Subject[], trial: Trial, signal: AbortSignal): Promise<Sights> {
  const startedAt = performance.now();
  const askEach = (some: readonly Subject[]): Promise<Sights> =>
    Promise.all(some.map(async one => [one.of, await measured(() => askUntil(one, trial, signal))] as const));
  const [denied, claimed] = [subjects.filter(isDenied), subjects.filter(subject => !isDenied(subject))];
  const seen = await askEach(claimed);
  if (denied.length === 0) return seen;
  await pause(Math.max(0, settled - (performance.now() - startedAt)), undefined, { signal });
  return [...seen, ...(await askEach(denied))];
}

const isDenied = ({ said }: Subject): boolean => said.every(({ assertion }) => assertion.negated);

/** Between two questions, in milliseconds. */
const interval = 100;

/** How long a port and what answers on it may take, in milliseconds. */
export const patienceFor = ({ eventually = 30_000 }: SubjectSpec): number => eventually;

/** Asks until all that is said of it is so, its time is up, or nobody is left to answer. */
async function askUntil(subject: Subject, trial: Trial, signal: AbortSignal): Promise<AnyLooked> {
  const of = subject.of as SubjectOf<'port'> | SubjectOf<'http'>;
  const end = performance.now() + patienceFor(of);
  for (;;) {
    const looked = await askOnce(of, trial, signal);
    // What has ended does not listen, and proves nothing by it.
    if ('missing' in looked && !(await trial.isRunning())) return { unknown: await epitaph(trial) };
    if (subject.said.every(({ assertion }) => judge(assertion, looked).ok)) return looked;
    if (performance.now() > end) return looked;
    await pause(interval, undefined, { signal });
  }
}

async function askOnce(
  of: SubjectOf<'port'> | SubjectOf<'http'>,
  trial: Trial,
  signal: AbortSignal,
): Promise<AnyLooked> {
  const within = patienceFor(of);
  const timing = { interval, timeout: Math.min(within, 5_000), within };
  if (of.type === 'port') {
    const { ok, answer } = await trial.ask({ type: 'tcp', port: of.port, timing }, signal);
    return ok ? { facts: { answer } } : { missing: answer };
  }
  const { port, path } = of;
  const { answer } = await trial.ask({ type: 'http', port, path, status: [200], timing }, signal);
  const [status] = /^\d{3}(?=\s|$|:)/.exec(answer) ?? [];
  return status === undefined ? { missing: answer } : { facts: { status: Number(status), answer } };
}

async function epitaph(trial: Trial): Promise<string> {
  const words = (await trial.lastWords()).map(line => line.trim()).filter(Boolean);
  return `it has ended${words.length > 0 ? `; its last words: ${words.join(' / ')}` : ' without a word'}`;
}

function wordsOf(error: unknown): string {
  const { message, parts } = asProblem(error);
  return parts.why ? `${message}: ${parts.why}` : message;
}
