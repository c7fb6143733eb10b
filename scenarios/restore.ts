/**
 * A mistake is undone: a table that was dropped is there again as it was the second before, in a server of its own. A
 * backup that is damaged is told, and the one before it is taken. No restore writes to the backups. @long
 */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { docker, shared, story, tellAll } from './harness.ts';
import { containersOf } from './support/containers.ts';
import {
  type BackedUp,
  backedUpDatabase,
  noteSecond,
  sqlOfRestored,
  sumOfOrders,
} from './support/database/backed-up.ts';
import { assertUndone, type Mistaken, mistake, restore } from './support/database/mistake.ts';
import { assertKeptByRotation } from './support/database/rotation.ts';
import { killAll, start } from './support/run.ts';

const mistaken = shared<Mistaken>(async telling => mistake(await backedUpDatabase(telling)));

story('a table that was dropped by mistake is there again, as it was the second before', async telling => {
  await assertUndone(await mistaken(), telling);
});

story('a backup of which one file is damaged is told, and the one before it is taken', async telling => {
  const made = await mistaken();
  const { db, backups, before } = made;
  await damaged(db, backups[2], async () => {
    const told = await restore(made, telling, 'older');
    assert.deepEqual(
      told.unreadable.map(({ backup }) => backup),
      [backups[2]],
    );
    assert.match(told.unreadable[0]?.reason ?? '', /checksum|decrypt|corruption|unable to/i);
    assert.equal(told.backup, backups[1]);
    assert.equal(await sqlOfRestored(db.project, 'older', sumOfOrders), before, 'rows and checksum');
    const { stdout } = await db.project.must('journal', '--kind', 'backup.restored', '--json');
    const facts = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line).payload);
    assert.deepEqual(
      facts.slice(-2).map(({ backup, verdict }) => [backup, verdict]),
      [
        [backups[2], 'unreadable'],
        [backups[1], 'restored'],
      ],
    );
  });
});

/** Changes a few bytes in the middle of the largest file of a backup, for as long as the work takes. */
async function damaged({ shell }: BackedUp, backup: string, work: () => Promise<void>): Promise<void> {
  const largest = `$(find /var/lib/pgbackrest -path "*/backup/*/${backup}/*" -type f -size +16k | xargs ls -S | head -n 1)`;
  await shell(
    `f=${largest}; cp -p "$f" /tmp/whole; printf damaged | dd of="$f" bs=1 seek=12345 conv=notrunc status=none`,
  );
  try {
    await work();
  } finally {
    await shell(`f=${largest}; cp -p /tmp/whole "$f"`);
  }
}

story('no restore writes to the backups, bit for bit', async telling => {
  const made = await mistaken();
  const { db, second } = made;
  // From then on a restore does not ask the server that runs to archive what it has: who else writes is out of the way.
  await pause(Math.max(0, Date.parse(second) + 130_000 - Date.now()));
  await db.shell('holdfast-backup flush');
  const files = await db.repository();
  await restore(made, telling, 'reader');
  assert.equal(await db.repository(), files);
  const [restored] = await containersOf(db.project.name, { environment: 'local.restored' });
  const { Mounts } = await docker.getContainer(restored?.id ?? '').inspect();
  const repository = Mounts.find(({ Destination }) => Destination === '/var/lib/pgbackrest');
  assert.equal(repository?.RW, false, 'it has them read-only');
});

story('a restore that is killed leaves nothing in the way of the next', async telling => {
  const made = await mistaken();
  const { db, second, before } = made;
  for (const seconds of [2, 6, 12]) {
    const running = db.project.begin('restore', 'db', '--to', second, '--into', 'killed');
    await pause(seconds * 1_000);
    killAll(running);
  }
  await db.project.holdfast('restore', '--remove', 'killed', '--yes');
  await restore(made, telling, 'killed');
  assert.equal(await sqlOfRestored(db.project, 'killed', sumOfOrders), before, 'rows and checksum');
});

story('what can’t be restored is told, and nothing is made', async () => {
  const { db } = await mistaken();
  for (const [args, words] of [
    [['db', '--to', '2001-01-01T00:00:00Z'], /no backup reaches back to 2001/],
    [['db', '--to', 'yesterday'], /--to 'yesterday' is not a moment/],
    [['dd'], /did you mean db/],
    [['db', '--into', 'No Name'], /can't be called/],
  ] as const) {
    const { code, stderr } = await db.project.holdfast('restore', ...args);
    assert.notEqual(code, 0);
    assert.match(stderr, words);
  }
  assert.deepEqual(await containersOf(db.project.name, { environment: 'local.restored' }), []);
});

story(
  'a table comes back by the commands that a restore tells, and the server goes by the last of them',
  async telling => {
    const made = await mistaken();
    const { db, before } = made;
    const { next } = await restore(made, telling, 'copied');
    assert.match(await typed(db, next.look, '--command', 'select count(*) from orders'), /85000\n\(1 row\)/);
    await typed(db, (next.copy ?? '').replaceAll('TABLE', 'orders'));
    assert.equal(await db.sql(sumOfOrders), before, 'rows and checksum');
    await typed(db, next.remove, '--yes');
    const left = await containersOf(db.project.name, { environment: 'local.restored' });
    assert.deepEqual(
      left.filter(({ slot }) => slot.startsWith('copied')),
      [],
    );
    await db.sql('drop table orders');
  },
);

/** Has a shell run a line, with further words behind it; what it printed. */
async function typed(
  { project: { folder, env } }: BackedUp,
  line: string,
  ...more: readonly string[]
): Promise<string> {
  const holdfast = `holdfast() { "${process.execPath}" node_modules/holdfast/bin/holdfast.js "$@"; }`;
  const { code, stdout, stderr } = await start(['sh', '-c', `${holdfast}\n${line} "$@"`, 'sh', ...more], {
    cwd: folder,
    env,
  }).ended;
  assert.equal(code, 0, `${line}: ${stderr}`);
  return stdout;
}

story('its passphrase is rotated: a full backup comes at once, and those before it are still read', async telling =>
  assertKeptByRotation(await mistaken(), telling),
);

const few = shared<BackedUp>(telling => backedUpDatabase(telling, { keep: 2 }));

story(
  'as many full backups stay as are to be kept, with all that needs them; what is older goes, and its archive',
  async telling => {
    const db = await few();
    const [first] = (await db.listed()).backup;
    await db.order(1_000);
    const full = await db.backup('full');
    await db.order(1_000);
    const diff = await db.backup('diff');
    const before = await db.sql(sumOfOrders);
    const second = await noteSecond(db);
    await db.order(1_000);
    const again = await db.backup('full');
    const { backup, archive } = await db.listed();
    assert.deepEqual(
      backup.map(({ label }) => label),
      [full, diff, again],
    );
    const files = await db.repository();
    assert.doesNotMatch(files, new RegExp(`/${first?.label}/`), 'nothing of it is left');
    const segments = [...files.matchAll(/\/([0-9A-F]{24})-[0-9a-f]{40}/g)].map(([, name = '']) => name).sort();
    assert.equal(segments[0], backup[0]?.archive.start, 'the archive begins with the oldest that stays');
    assert.equal(segments[0], archive[0]?.min);
    assert.ok((first?.archive.start ?? '') < (segments[0] ?? ''), 'there was more before');
    assert.equal((await restore({ db, second }, telling, 'kept')).backup, diff);
    assert.equal(await sqlOfRestored(db.project, 'kept', sumOfOrders), before, 'rows and checksum');
  },
);

story('a backup that comes before there is a place for it makes the place', async () => {
  const db = await few();
  await db.shell('rm -rf /var/lib/pgbackrest/*');
  assert.match(await db.backup('full'), /F$/);
});

await tellAll();
