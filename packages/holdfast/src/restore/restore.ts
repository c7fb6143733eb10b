import type { BackupRestored, FoundUnreadable, RestoredWhole } from '../journal/backup-restored.ts';
import { iso } from '../kit/clock.ts';
import { asProblem } from '../kit/problem.ts';
import { addressOf } from '../model/resource.ts';
import { type Asked, defaultName } from './asked.ts';
import { type BackupSet, candidates, type Inventory, NoBackup } from './backup-sets.ts';
import type { RestoreGround } from './ground.ts';
import { leadingOf } from './leading.ts';
import { bring, removeRestored } from './place.ts';
import { type Recovered, type RestoredServer, UnreadableBackup } from './restored-server.ts';

/** How long it may take to clear away what came to nothing, also for who was asked to stop; in milliseconds. */
const clearing = 60_000;

/** What is older is archived without being asked to: a server waits a minute at most. In milliseconds. */
const settled = 120_000;

/** A server that was made of a backup, and what is known of it. */
export interface Restored {
  readonly database: string;
  readonly told: RestoredWhole;
  readonly server: RestoredServer;
  /** What the one it was made beside is called, where what is copied out of it can be put. */
  readonly leads?: string;
}

interface Wish {
  readonly name: string;
  readonly to: number | undefined;
  readonly since: number;
}

/**
 * Makes a new server of the newest backup that can be read, and the archive behind it. Nothing is written to either. A
 * passphrase that was rotated has begun a repository of its own: where that has none that fits, the one before may.
 */
export async function restore({ to, into }: Asked, ground: RestoreGround): Promise<Restored> {
  const since = ground.clock();
  const wish = { name: into ?? defaultName(ground.cluster.name), to, since };
  if (since - (to ?? since) < settled) await flush(ground);
  const misses: NoBackup[] = [];
  for (const use of ground.passphrases) {
    await use();
    const found = await restoreOne(wish, ground).catch(missIn);
    if (!(found instanceof NoBackup)) return found;
    misses.push(found);
  }
  throw misses.findLast(({ hasSome }) => hasSome) ?? misses[0];
}

function missIn(error: unknown): NoBackup {
  if (error instanceof NoBackup) return error;
  throw error;
}

async function restoreOne({ name, to, since }: Wish, ground: RestoreGround): Promise<Restored> {
  const server = await bring(name, ground);
  try {
    const inventory = await server.list();
    const { set, recovered } = await firstReadable(candidates(inventory, to), server, to, ground);
    await server.answers();
    const told = verdictOf({ name, to, set, recovered, inventory, since, now: ground.clock() }, ground);
    await note(told, ground);
    const leads = await leadingOf(ground);
    return { database: ground.cluster.name, told, server, ...(leads && { leads }) };
  } catch (error) {
    await removeRestored(name, { ...ground, signal: AbortSignal.timeout(clearing) });
    throw error;
  }
}

/** Has the server that leads archive what it has written. Where that fails, the archive is restored as it is. */
async function flush({ live, instances, signal, tell }: RestoreGround): Promise<void> {
  const asked = live.map(server => instances.run(server, ['holdfast-backup', 'flush'], signal));
  for (const answer of await Promise.allSettled(asked)) {
    if (answer.status === 'rejected') tell({ event: 'not-archived', reason: asProblem(answer.reason).message });
    else if (answer.value.exitCode !== 0) tell({ event: 'not-archived', reason: answer.value.stderr.trim() });
  }
}

interface Readable {
  readonly set: BackupSet;
  readonly recovered: Recovered;
}

/** Each backup that can't be read is told, and noted, and the one before it is tried. */
async function firstReadable(
  sets: readonly BackupSet[],
  server: RestoredServer,
  to: number | undefined,
  ground: RestoreGround,
): Promise<Readable> {
  for (const set of sets) {
    ground.tell({ event: 'restoring', backup: set.label });
    try {
      return { set, recovered: await server.restore(set, to) };
    } catch (error) {
      if (!(error instanceof UnreadableBackup)) throw error;
      const reason = error.parts.why ?? '';
      ground.tell({ event: 'unreadable', backup: set.label, reason });
      await note({ verdict: 'unreadable', reason, ...ofBackup(set, ground) } satisfies FoundUnreadable, ground);
    }
  }
  throw noneReadable(sets);
}

const noneReadable = (sets: readonly BackupSet[]): NoBackup =>
  new NoBackup(
    {
      what: 'no backup can be read',
      why: `tried ${sets.map(({ label }) => label).join(', ')}`,
      fix: 'look for another copy of the repository, and take a full backup of what still runs now',
    },
    true,
  );

interface Ended extends Wish {
  readonly set: BackupSet;
  readonly recovered: Recovered;
  readonly inventory: Inventory;
  readonly now: number;
}

/** What came of it, as a fact. Without a commit after the backup, what is lost is counted from the backup on. */
export function verdictOf(
  { name, to, set, recovered, inventory, since, now }: Ended,
  of: Parameters<typeof ofBackup>[1],
): RestoredWhole {
  const { reached, lastCommit, lastWal } = recovered;
  const isBroken = !reached && lastWal < (inventory.lastWal ?? '');
  return {
    verdict: 'restored',
    ...ofBackup(set, of),
    into: name,
    ...(to !== undefined && { target: iso(to) }),
    reached,
    ...(lastCommit && { lastCommit }),
    ...(isBroken && { brokenAfter: lastWal }),
    rto: now - since,
    rpo: Math.max((to ?? since) - (lastCommit ? Date.parse(lastCommit) : set.from), 0),
  };
}

const ofBackup = (
  { label }: BackupSet,
  { cluster, backups, around }: Pick<RestoreGround, 'cluster' | 'backups' | 'around'>,
) => ({
  cluster: addressOf(cluster),
  backup: label,
  image: around.nameOf(backups.restored.run.image),
});

const note = (payload: BackupRestored, { of, record }: RestoreGround): Promise<void> =>
  record({ kind: 'backup.restored', ...of, payload });
