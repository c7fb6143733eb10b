/**
 * Another machine keeps the backups, reached by SSH: a table that was dropped is there again from there. While that
 * machine is down the database goes on, and what waits is told and archived when it is back. @long
 */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { docker, shared, story, tellAll } from './harness.ts';
import { containersOf, runIn } from './support/containers.ts';
import { backedUpDatabase, sqlOfRestored, sumOfOrders } from './support/database/backed-up.ts';
import { farMachine } from './support/database/far-machine.ts';
import { assertUndone, type Mistaken, mistake, restore } from './support/database/mistake.ts';
import { assertKeptByRotation } from './support/database/rotation.ts';

const mistaken = shared<Mistaken>(async telling => mistake(await backedUpDatabase(telling, { far: farMachine() })));

const filesThere = (name: string): Promise<string> =>
  runIn(name, 'vault', 'sh', '-c', "cd && find . -type f -printf '%p %s %T@\\n' | sort");

story('a table that was dropped by mistake is there again, of what another machine kept', async telling => {
  await assertUndone(await mistaken(), telling);
});

story('that machine keeps nothing by which it could read the backups, or come to the database', async () => {
  const { db } = await mistaken();
  const passphrase = await db.shell("sed -n 's/^repo1-cipher-pass=//p' /run/secrets/pgbackrest/passphrase.conf");
  assert.equal(passphrase.length, 48);
  const there = (line: string) => runIn(db.project.name, 'vault', 'sh', '-c', `${line} || true`);
  const places = '/dev/shm /etc /home /root /run /tmp /var /proc/[0-9]*/environ';
  const found = await there(`grep -rslaF "${passphrase}" ${places}`);
  assert.equal(found, '', 'the passphrase is in no file, and in no process');
  assert.equal(await there('ls -d /tmp/tmp.* 2>/dev/null'), '');
  assert.equal(await db.shell('ls -d /tmp/holdfast-there.d 2>/dev/null || true'), '', 'and none is left here');
});

story('no restore writes to that machine', async telling => {
  const made = await mistaken();
  // From then on a restore does not ask the server that runs to archive what it has.
  await pause(Math.max(0, Date.parse(made.second) + 130_000 - Date.now()));
  await made.db.shell('holdfast-backup flush');
  const files = await filesThere(made.db.project.name);
  await restore(made, telling, 'reader');
  assert.equal(await filesThere(made.db.project.name), files);
  assert.equal(await sqlOfRestored(made.db.project, 'reader', sumOfOrders), made.before, 'rows and checksum');
});

story('its passphrase is rotated: a full backup comes at once, and those before it are still read', async telling =>
  assertKeptByRotation(await mistaken(), telling),
);

story(
  'while that machine is down writes go on, and what waits is told; it is archived when it is back',
  async telling => {
    const { db } = await mistaken();
    const [vault] = await containersOf(db.project.name, { service: 'vault' });
    const machine = docker.getContainer(vault?.id ?? '');
    await db.sql('create table kept (at timestamptz default now())');
    await machine.stop();
    telling.after(() => machine.start().catch(() => undefined));
    const since = Date.now();
    let slowest = 0;
    while (Date.now() - since < 90_000) {
      const began = Date.now();
      await db.sql('insert into kept default values');
      slowest = Math.max(slowest, Date.now() - began);
      await db.sql('select pg_switch_wal()');
      await pause(5_000);
    }
    telling.say(`it was down for 90 s; no write took longer than ${(slowest / 1_000).toFixed(1)} s`);
    assert.ok(slowest < 5_000, 'no write waits for it');
    const checked = await db.project.holdfast('check', 'db');
    assert.equal(checked.code, 1, checked.stdout);
    assert.match(checked.stdout, /the archive takes what is written/);
    await machine.start();
    const back = Date.now();
    await db.shell('until holdfast-backup flush; do sleep 1; done');
    telling.say(`what had waited was archived ${((Date.now() - back) / 1_000).toFixed(1)} s after it was back`);
    assert.equal(await db.sql("select count(*) from pg_ls_archive_statusdir() where name like '%.ready'"), '0');
    await db.project.must('check', 'db');
  },
);

await tellAll();
