/** Bad days of what a database stands on: etcd, its disk, its archive. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { docker, type Telling } from '../../harness.ts';
import { leaders, psql, running, until, untilWhole } from '../cluster/cluster.ts';
import { runInContainer } from '../containers.ts';
import { freeze } from '../faults/freeze.ts';
import { fillDisk } from '../faults/full-disk.ts';
import { moveVolume, smallDisk } from '../faults/small-disk.ts';
import { closeFolder } from '../faults/unwritable.ts';
import type { Door } from '../ledger/task.ts';
import { ask } from '../ledger/writers.ts';
import { aStandby, type Ground, theGround, underWriters } from './ground.ts';

/** In seconds: no fault stands longer, whatever becomes of us. */
const limit = 300;

export async function etcdLosesItsMajority(telling: Telling): Promise<void> {
  const ground = await theGround();
  const { cluster, project } = ground;
  await underWriters(telling, ground, async (_, writers) => {
    const [one, other] = await running(cluster, cluster.etcd);
    const frozen = [await freeze(one?.id ?? '', limit), await freeze(other?.id ?? '', limit)];
    await until('nobody leads any more', 60, async () => (await leaders(cluster)).length === 0);
    await assert.rejects(writers.untilAcknowledged(5), /acknowledged nothing/, 'writes stop');
    await ask({ ...cluster.door, port: 5433 }, 'select count(*) from ledger');
    const { stdout, code } = await project.holdfast('status');
    assert.notEqual(code, 0, stdout);
    assert.match(stdout, /etcd/);
    await Promise.all(frozen.map(({ heal }) => heal()));
  });
}

export async function theDiskIsFull(telling: Telling): Promise<void> {
  const ground = await theGround();
  const disk = await smallDisk(1_024, 3_600);
  telling.after(() => disk[Symbol.asyncDispose]());
  const folder = await primaryOn(ground, disk);
  const { reasons } = await underWriters(telling, ground, async primary => {
    await using filled = await fillDisk(folder);
    await until('it is felt', 120, async () => {
      const isRefused = await ask(ground.cluster.door, 'create table more as select generate_series(1, 1000000)').catch(
        ({ message }) => /space/i.test(message),
      );
      const others = (await leaders(ground.cluster)).filter(({ name }) => name !== primary.name);
      return isRefused === true || others.length > 0;
    });
    // What is written is refused; the log of what is written goes on until it has no space either, and then the server dies.
    await until('there is no space for WAL', 120, () => isTooMuch(ground.cluster.door));
    await until('another one leads', 120, async () =>
      (await leaders(ground.cluster)).some(one => one.id !== primary.id),
    );
    await sleep(5_000);
    await filled.heal();
  });
  telling.say(`writers were told: ${Object.keys(reasons).join('; ')}`);
}

/** Whether 8 MB of WAL, and nothing else, are refused. */
const isTooMuch = (door: Door): Promise<boolean> =>
  ask(door, "select pg_logical_emit_message(true, 'full', repeat('x', 8000000))").then(
    () => false,
    () => true,
  );

/** Gives a standby an empty volume on that disk, and makes it lead; the folder of the volume on this machine. */
async function primaryOn({ project, cluster }: Ground, disk: Awaited<ReturnType<typeof smallDisk>>): Promise<string> {
  await untilWhole(cluster, limit);
  const { id, name } = await aStandby(cluster);
  const volume = await volumeAt(id, '/var/lib/postgresql/data');
  await docker.getContainer(id).remove({ force: true });
  await moveVolume(volume, disk);
  await project.must('up', '--yes');
  for (let tries = 0; tries < 10; tries++) {
    const primary = await untilWhole(cluster, limit);
    if (primary.name === name) return (await docker.getVolume(volume).inspect()).Mountpoint;
    await runInContainer(primary.id, ...cluster.leave(primary));
  }
  throw new Error(`${name} never came to lead`);
}

async function volumeAt(id: string, place: string): Promise<string> {
  const { Mounts } = await docker.getContainer(id).inspect();
  return Mounts.find(({ Destination }) => Destination === place)?.Name ?? '';
}

export async function nothingCanBeArchived(telling: Telling): Promise<void> {
  const ground = await theGround();
  await underWriters(telling, ground, async ({ id }, writers) => {
    const repository = (await docker.getVolume(await volumeAt(id, '/var/lib/pgbackrest')).inspect()).Mountpoint;
    const archiver = (what: string) => psql(id, `select ${what} from pg_stat_archiver`);
    const before = Number(await archiver('failed_count'));
    await using closed = await closeFolder(repository, limit);
    await psql(id, 'select pg_switch_wal()');
    await until('archiving fails', 60, async () => Number(await archiver('failed_count')) > before);
    await writers.untilAcknowledged(10);
    await closed.heal();
    await until(
      'what waited is archived',
      120,
      async () => (await archiver('last_archived_time > last_failed_time')) === 't',
    );
  });
}
