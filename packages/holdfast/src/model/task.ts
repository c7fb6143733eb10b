import * as z from 'zod/mini';
import { type Duration, toMilliseconds } from '../kit/duration.ts';
import { Call, declare } from './declaration/call.ts';
import { Handle, subject } from './declaration/handle.ts';
import { members } from './declaration/rule.ts';
import type { Pending } from './declaration/slot.ts';
import { command, duration, every } from './rules.ts';
import { imageMember, runMembers } from './run/members.ts';
import { needsOfRun, type RunOptions, runSpec } from './run.ts';
import type { TaskSpec } from './spec/service-spec.ts';

export type JobHandle = Handle<'job'>;
export type MigrationHandle = Handle<'migration'>;

interface Timed {
  /** How long it may run until it counts as failed. Default `'10m'`. */
  readonly timeout?: Duration;
}

export interface JobOptions extends RunOptions, Timed {
  /**
   * When it runs, again and again, in UTC: `'15m'`, `'1d'` (counted from midnight), `'30 3 * * *'`, `'@daily'`. The agent
   * beside the engine starts it. Default: once, each time that anything it is made of changes.
   */
  readonly every?: string;
}

/** What is not given is taken from the service that it runs before. */
export interface MigrationOptions extends Partial<RunOptions>, Timed {
  readonly command: readonly string[];
}

const timed = { timeout: z.optional(duration) };
const jobSchema = members({ ...runMembers, ...timed, image: imageMember, every: z.optional(every) });
const migrationSchema = members({ ...runMembers, ...timed, image: z.optional(imageMember), command });

/** Runs to completion: once each time that anything it is made of changes, or on a schedule. */
export function job(name: string, options: JobOptions): JobHandle {
  declare(new Call('job', name, job), jobSchema, options, () => taskOf(options));
  return new Handle('job', name);
}

/**
 * Runs to completion before the first new instance of the service that names it in `before`. Image, network, env,
 * files and user are that service's where none are given.
 */
export function migration(name: string, options: MigrationOptions): MigrationHandle {
  const call = new Call('migration', name, migration);
  if (call.accepts(migrationSchema, options)) call.declaration.pending.set(name, { options, at: call.at });
  return new Handle('migration', name);
}

/** Makes a migration the one that runs before the given service. */
export function bindMigration(handle: MigrationHandle, service: Call, inherited: RunOptions): void {
  const { pending, places, failed } = service.declaration;
  const waiting = pending.get(handle.name);
  if (failed.has(`migration/${handle.name}`)) return;
  if (waiting) bind(handle, waiting, inherited);
  else service.refuse(boundTwice(handle, service, places.get(`migration/${handle.name}`)));
  pending.delete(handle.name);
}

function bind(handle: MigrationHandle, waiting: Pending, inherited: RunOptions): void {
  const options = merged(waiting.options as MigrationOptions, inherited);
  const { spec, needs } = taskOf(options);
  new Call('migration', handle.name, migration, waiting.at).declare(spec, needs, options);
}

const merged = (
  own: MigrationOptions,
  { image, network, networks, env, files, hosts, user, needs, engine }: RunOptions,
): JobOptions => ({
  image,
  ...(user && { user }),
  ...(engine && { engine }),
  ...(needs && { needs }),
  ...(own.network || own.networks ? {} : { ...(network && { network }), ...(networks && { networks }) }),
  ...own,
  env: { ...env, ...own.env },
  files: { ...files, ...own.files },
  ...(hosts && { hosts: { ...hosts, ...own.hosts } }),
});

function taskOf(options: JobOptions) {
  const run = runSpec(options);
  const { timeout = '10m', every: slots } = options;
  const spec: TaskSpec = { ...run, timeout: toMilliseconds(timeout), ...(slots && { every: slots }) };
  return { spec, needs: needsOfRun(options, run) };
}

const boundTwice = (handle: MigrationHandle, service: Call, at = 'its declaration') => ({
  what: `${subject('migration', handle.name)} runs before service "${service.name}" and before another one`,
  why: `it takes its image, network and env from the one service it runs before (declared at ${at}), and runs once a release`,
  fix: 'declare one migration for each service; to order the services, use `needs`',
});
