/**
 * A mistake is undone: a table that was dropped is there again as it was the second before, in a server of its own. A
 * backup that is damaged is told, and the one before it is taken. No restore writes to the backups. @long
 */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { docker, shared, story, type Telling, tellAll } from './harness.ts';
import { containersOf } from './support/containers.ts';
import {
  type BackedUp,
  backedUpDatabase,
  noteSecond,
  sqlOfRestored,
  sumOfOrders,
} from './support/database/backed-up.ts';
import { killAll } from './support/run.ts';

interface Mistaken {
  readonly db: BackedUp;
  /** Full, differential, and a full one again. */
  readonly backups: readonly [string, string, string];
  /** What was there, and when. */
  readonly before: string;
  readonly second: string;
}

/** Rows, a backup, more rows, a backup of what changed, more rows, a full one, more rows; and the mistake. */
const mistaken = shared<Mistaken>(async telling => {
  const db = await backedUpDatabase(telling);
  await db.order(50_000);
  const full = await db.backup('full');
  await db.order(20_000);
  const diff = await db.backup('diff');
  await db.order(10_000);
  const again = await db.backup('full');
  await db.order(5_000);
  const before = await db.sql(sumOfOrders);
  const second = await noteSecond(db);
  await db.sql('drop table orders');
  return { db, backups: [full, diff, again], before, second };
});

interface Told {
  readonly backup: string;
  readonly reached: boolean;
  readonly rto: number;
  readonly rpo: number;
  readonly unreadable: readonly { readonly backup: string; readonly reason: string }[];
  readonly rows: Readonly<Record<string, number>>;
}

async function restore({ db, second }: Mistaken, telling: Telling, into: string): Promise<Told> {
  const { stdout } = await db.project.must('restore', 'db', '--to', second, '--into', into, '--count', '--json');
  telling.after(() => db.project.must('restore', '--remove', into, '--yes'));
  const told: Told = JSON.parse(stdout);
  telling.say(`of ${told.backup}: RTO ${(told.rto / 1_000).toFixed(1)} s, RPO ${(told.rpo / 1_000).toFixed(1)} s`);
  return told;
}

story('a table that was dropped by mistake is there again, as it was the second before', async telling => {
  const mistake = await mistaken();
  const { db, backups, before } = mistake;
  const told = await restore(mistake, telling, 'before');
  assert.deepEqual({ backup: told.backup, reached: told.reached }, { backup: backups[2], reached: true });
  assert.deepEqual(told.rows, { 'postgres.public.orders': 85_000 });
  assert.equal(await sqlOfRestored(db.project, 'before', sumOfOrders), before, 'rows and checksum');
  assert.ok(told.rpo >= 0 && told.rpo < 10_000, `an RPO of seconds, not ${told.rpo} ms`);
  assert.equal(await db.sql("select to_regclass('orders') is null"), 't', 'what runs was left as it is');
  const { stdout } = await db.project.must('plan');
  assert.match(stdout, /No changes/, 'nothing of it concerns the environment');
});

story('a backup of which one file is damaged is told, and the one before it is taken', async telling => {
  const mistake = await mistaken();
  const { db, backups, before } = mistake;
  await damaged(db, backups[2], async () => {
    const told = await restore(mistake, telling, 'older');
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
  const mistake = await mistaken();
  const { db, second } = mistake;
  // From then on a restore does not ask the server that runs to archive what it has: who else writes is out of the way.
  await pause(Math.max(0, Date.parse(second) + 130_000 - Date.now()));
  await db.shell('holdfast-backup flush');
  const files = await db.repository();
  await restore(mistake, telling, 'reader');
  assert.equal(await db.repository(), files);
  const [restored] = await containersOf(db.project.name, { environment: 'local.restored' });
  const { Mounts } = await docker.getContainer(restored?.id ?? '').inspect();
  const repository = Mounts.find(({ Destination }) => Destination === '/var/lib/pgbackrest');
  assert.equal(repository?.RW, false, 'it has them read-only');
});

story('a restore that is killed leaves nothing in the way of the next', async telling => {
  const mistake = await mistaken();
  const { db, second, before } = mistake;
  for (const seconds of [2, 6, 12]) {
    const running = db.project.begin('restore', 'db', '--to', second, '--into', 'killed');
    await pause(seconds * 1_000);
    killAll(running);
  }
  await db.project.holdfast('restore', '--remove', 'killed', '--yes');
  await restore(mistake, telling, 'killed');
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

await tellAll();
