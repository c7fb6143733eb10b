import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { factsOf, journalPath, leaseRows, openBooks, untilFact } from '../books.ts';
import type { Project } from '../project.ts';
import { type Ended, killAll } from '../run.ts';
import type { UnnamedVolumes } from '../unnamed-volumes.ts';
import { compare, type Findings } from './findings.ts';
import { type Fleet, type Size, systemText, whole, withoutWorkers } from './fleet.ts';

export const kinds = ['create', 'replace', 'drop', 'grow', 'down'] as const;
export type Kind = (typeof kinds)[number];

export interface Trial {
  readonly number: number;
  readonly kind: Kind;
  readonly size: Size;
  /** From 0 to 1: how far into it the blow falls. */
  readonly when: number;
  /** Whether that is counted in time, or in what the journal says was begun. */
  readonly by: 'time' | 'facts';
}

export interface Outcome extends Findings {
  readonly trial: Trial;
  /** False when it had ended before the blow fell. */
  readonly killed: boolean;
  /** What the journal said last before the blow. */
  readonly last: string;
  readonly stuckLease: boolean;
  readonly failures: readonly string[];
  /** From the blow until all was as declared, in seconds. */
  readonly converged: number;
  /** From the start of the second run until it had the lease, in seconds. */
  readonly untilLease: number;
}

/** Where trials are made, one after the other. */
export interface Ground {
  readonly project: Project;
  readonly volumes: UnnamedVolumes;
  /** How long each kind takes undisturbed, in seconds, and how many facts it writes. */
  readonly usual: Map<string, { seconds: number; facts: number }>;
  /** What runs, and since which version: `undefined` where nothing does. */
  now: Fleet | undefined;
  version: number;
}

/** Two states of the world and the way between them. */
interface Passage {
  readonly before: Fleet | undefined;
  readonly after: Fleet | undefined;
  readonly verb: 'up' | 'down';
}

function passage({ kind, size }: Pick<Trial, 'kind' | 'size'>, version: number): Passage {
  const all = whole(size, version);
  if (kind === 'create') return { before: undefined, after: all, verb: 'up' };
  if (kind === 'replace') return { before: all, after: whole(size, version + 1), verb: 'up' };
  if (kind === 'drop') return { before: all, after: withoutWorkers(all), verb: 'up' };
  if (kind === 'grow') return { before: withoutWorkers(all), after: all, verb: 'up' };
  return { before: all, after: undefined, verb: 'down' };
}

/** How long it takes when nobody disturbs it. */
export async function measure(ground: Ground, kind: Kind, size: Size): Promise<void> {
  const { after, verb } = await goTo(ground, { kind, size });
  const head = await headOf(ground);
  const { seconds } = await ground.project.must(...commandOf(verb));
  ground.now = after;
  ground.usual.set(`${kind} ${size}`, { seconds, facts: (await headOf(ground)) - head });
}

/** Kills it in the middle, runs it again, and looks. */
export async function trial(ground: Ground, one: Trial): Promise<Outcome> {
  const { after, verb } = await goTo(ground, one);
  const blow = await strike(ground, one, verb);
  const since = performance.now();
  const again = await ground.project.holdfast(...commandOf(verb));
  const converged = (performance.now() - since) / 1_000;
  ground.now = after;
  const failures = await failuresAfter(ground, again, after);
  const findings = await compare(ground.project, after, ground.volumes, { images: after ? 1 : 0 });
  const outcome = { ...blow, ...findings, trial: one, converged, failures, stuckLease: isStuck(ground.project) };
  const untilLease = await timeToLease(ground.project, blow.head, since);
  if (!isClean(outcome)) await startOver(ground);
  return { ...outcome, untilLease };
}

export const isClean = (outcome: Omit<Outcome, 'untilLease'>): boolean =>
  !outcome.stuckLease &&
  [outcome.orphans, outcome.duplicates, outcome.wrong, outcome.failures].every(({ length }) => length === 0);

const commandOf = (verb: 'up' | 'down'): string[] => [verb, '--yes'];

/** Brings about what the trial begins with, and writes the system.ts that it is to bring about. */
async function goTo(ground: Ground, asked: Pick<Trial, 'kind' | 'size'> & Partial<Trial>): Promise<Passage> {
  const { before, after, verb } = passage(asked, ground.version);
  if (!before) await startOver(ground, asked.by !== 'facts');
  else if (JSON.stringify(ground.now) !== JSON.stringify(before)) await undisturbed(ground, before);
  if (after) await ground.project.write('system.ts', systemText(after));
  ground.version = Math.max(ground.version, after?.version ?? 0);
  return { before, after, verb };
}

async function undisturbed(ground: Ground, fleet: Fleet): Promise<void> {
  await ground.project.write('system.ts', systemText(fleet));
  await ground.project.must('up', '--yes');
  ground.now = fleet;
}

/** From nothing: a journal that remembers is no help where there is none. */
async function startOver(ground: Ground, forget = true): Promise<void> {
  await ground.project.clear();
  ground.now = undefined;
  const files = ['', '-wal', '-shm'].map(end => `${journalPath(ground.project)}${end}`);
  if (forget) for (const file of files) await rm(file, { force: true });
}

async function strike({ project, usual }: Ground, { kind, size, when, by }: Trial, verb: 'up' | 'down') {
  const { seconds, facts } = usual.get(`${kind} ${size}`) ?? { seconds: 1, facts: 1 };
  const head = await headOf({ project });
  const running = project.begin(...commandOf(verb));
  const over = new AbortController();
  void running.ended.then(() => over.abort());
  if (by === 'time') await sleep(when * seconds * 1_000, undefined, over).catch(() => {});
  else await nthFact(project, head, 1 + Math.floor(when * facts), over.signal);
  killAll(running);
  const { signal } = await running.ended;
  return { killed: signal === 'SIGKILL', head, last: await lastFact(project, head) };
}

async function nthFact(project: Project, head: number, count: number, signal: AbortSignal): Promise<void> {
  await using books = await openBooks(project);
  await untilFact(books, head, () => true, { count, signal });
}

/** Looks without making one. */
async function headOf({ project }: Pick<Ground, 'project'>): Promise<number> {
  if (!existsSync(journalPath(project))) return 0;
  await using books = await openBooks(project);
  return books.head();
}

async function lastFact(project: Project, head: number): Promise<string> {
  if (!existsSync(journalPath(project))) return 'nothing yet';
  await using books = await openBooks(project);
  for await (const { kind } of books.read({ after: head, newestFirst: true, limit: 1 })) return kind;
  return 'nothing yet';
}

async function failuresAfter({ project }: Ground, again: Ended, after: Fleet | undefined): Promise<readonly string[]> {
  const failures = again.code === 0 ? [] : [`the second run ended with ${again.code}: ${again.stdout}${again.stderr}`];
  await using books = await openBooks(project);
  const chain = await books.verify();
  if (!chain.whole) failures.push(`the journal is not whole: ${chain.reason}`);
  if (!after) return failures;
  const plan = await project.holdfast('plan');
  if (plan.code !== 0 || !/no changes/i.test(plan.stdout)) failures.push(`plan says: ${plan.stdout}${plan.stderr}`);
  return failures;
}

const isStuck = (project: Project): boolean => leaseRows(project).some(({ held }) => held);

async function timeToLease(project: Project, head: number, since: number): Promise<number> {
  const taken = (await factsOf(project, 'lease.taken')).filter(({ seq }) => seq > head).at(-1);
  return taken ? (Date.parse(taken.at) - (performance.timeOrigin + since)) / 1_000 : Number.NaN;
}
