import * as z from 'zod/mini';
import { type BackupSlot, isFact } from '../../journal/fact.ts';
import type { Journal } from '../../journal/journal.ts';
import { holdLease } from '../../journal/keeper.ts';
import { runLeaseName } from '../../journal/lease-name.ts';
import { iso } from '../../kit/clock.ts';
import { Problem } from '../../kit/problem.ts';
import type { DatabaseServers } from '../../ports/database-servers.ts';
import type { CommandResult, Instances } from '../../ports/instances.ts';
import type { Leadership } from '../../ports/leadership.ts';
import type { Seen } from '../../ports/provider.ts';
import type { RunGround } from '../schedule/run-job.ts';
import { dueSlot } from '../schedule/slots.ts';
import type { ScheduledBackup } from './due-backups.ts';

export interface BackupGround extends RunGround {
  readonly servers: DatabaseServers;
  readonly instances: Pick<Instances, 'run'>;
  readonly leadershipOf: (cluster: string) => Pick<Leadership, 'read'>;
}

/** What a server of a database has for it. */
const command = '/usr/local/bin/holdfast-backup';

/** The part of pgBackRest's words on a backup that matters here. */
const told = z.object({ label: z.string(), info: z.optional(z.object({ size: z.optional(z.number()) })) });
const inventory = z.array(z.object({ backup: z.array(z.unknown()), status: z.object({ code: z.number() }) }));

/** How pgBackRest says that it could not look. */
const unknown = 99;

/**
 * Takes a backup if it is due: once for each slot, however many ask. One that fails is told, and is due until one of its
 * slot is taken. Gives the last slot that is done with; undefined where another takes one.
 */
export async function takeIfDue(backup: ScheduledBackup, ground: BackupGround): Promise<number | undefined> {
  const { scope, journal, clock, owner, instances, signal } = ground;
  const name = runLeaseName(scope, backup.cluster);
  if (await journal.leases.holder(name)) return undefined;
  await using _ = await holdLease({ leases: journal.leases, name, owner });
  const last = (await lastTaken(backup, ground)) ?? backup.since;
  const due = dueSlot(backup.every, clock(), last) ?? (await slotOfFirst(backup, ground));
  if (due === undefined) return last;
  const began = clock();
  const slot: BackupSlot = { cluster: backup.cluster, type: backup.type, slot: iso(due) };
  const result = await instances.run(await primaryOf(backup, ground), [command, backup.type], signal);
  const milliseconds = clock() - began;
  if (result.exitCode !== 0) throw await failed(slot, result, milliseconds, ground);
  const { label, info } = told.parse(JSON.parse(result.stdout));
  const size = info?.size === undefined ? {} : { bytes: info.size };
  await journal.append([{ kind: 'backup.taken', ...scope, payload: { ...slot, label, ...size, milliseconds } }]);
  return due;
}

/** The slot that is over already, where the repository has nothing. */
const slotOfFirst = async (backup: ScheduledBackup, ground: BackupGround): Promise<number | undefined> =>
  (await hasNone(backup, ground)) ? dueSlot(backup.every, ground.clock(), 0) : undefined;

/**
 * Whether there is nothing that others could follow, whatever was taken before: a passphrase that was rotated has begun a
 * repository of its own, and so has another place for it. One that can't be asked may have some.
 */
async function hasNone(backup: ScheduledBackup, ground: BackupGround): Promise<boolean> {
  if (backup.type !== 'full') return false;
  const server = await leaderOf(backup, ground);
  if (!server) return false;
  const { exitCode, stdout } = await ground.instances.run(server, [command, 'info'], ground.signal);
  return exitCode === 0 && inventory.parse(JSON.parse(stdout)).every(isEmpty);
}

const isEmpty = ({ backup, status }: z.infer<typeof inventory>[number]): boolean =>
  backup.length === 0 && status.code !== unknown;

/** Backups of an environment that was taken away with its data went with it. */
async function lastTaken(
  { cluster, type }: ScheduledBackup,
  { journal, scope }: { journal: Journal; scope: RunGround['scope'] },
) {
  const kinds = ['backup.taken', 'environment.removed'];
  for await (const fact of journal.read({ ...scope, kinds, newestFirst: true })) {
    if (isFact(fact, 'environment.removed') && fact.payload.withData) return undefined;
    if (isFact(fact, 'backup.taken') && fact.payload.cluster === cluster && fact.payload.type === type)
      return Date.parse(fact.payload.slot);
  }
  return undefined;
}

async function primaryOf(backup: ScheduledBackup, ground: BackupGround): Promise<Seen> {
  const found = await leaderOf(backup, ground);
  if (found) return found;
  throw new Problem({ what: `${backup.cluster} is to be copied, and none of its servers leads`, retry: true });
}

/** Of several servers the one that leads; one alone needs nobody to say so. */
async function leaderOf({ scope: name }: ScheduledBackup, ground: BackupGround): Promise<Seen | undefined> {
  const all = await ground.servers.members(ground.scope);
  const running = all.filter(server => server.cluster === name && server.instance.state.running);
  const [first] = running;
  const leader = running.length > 1 ? (await ground.leadershipOf(name).read())?.member : undefined;
  const leads = ({ instance }: (typeof running)[number]) => instance.birth?.bornAs === `instance/${leader}.1`;
  return (leader === undefined && running.length === 1 ? first : running.find(leads))?.instance;
}

async function failed(
  slot: BackupSlot,
  result: CommandResult,
  milliseconds: number,
  ground: BackupGround,
): Promise<Problem> {
  const { scope, journal } = ground;
  const reason = result.stderr.trim().split('\n').slice(-3).join('; ') || `it ended with ${result.exitCode}`;
  await journal.append([{ kind: 'backup.failed', ...scope, payload: { ...slot, reason, milliseconds } }]);
  return new Problem({ what: `a ${slot.type} backup of ${slot.cluster} failed`, why: reason, retry: true });
}
