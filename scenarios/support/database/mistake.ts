import assert from 'node:assert/strict';
import type { Telling } from '../../harness.ts';
import { type BackedUp, noteSecond, sqlOfRestored, sumOfOrders } from './backed-up.ts';

/** A database in which a table was dropped by mistake. */
export interface Mistaken {
  readonly db: BackedUp;
  /** Full, differential, and a full one again. */
  readonly backups: readonly [string, string, string];
  /** What was there, and when. */
  readonly before: string;
  readonly second: string;
}

/** Rows, a backup, more rows, a backup of what changed, more rows, a full one, more rows; and the mistake. */
export async function mistake(db: BackedUp): Promise<Mistaken> {
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
}

interface Told {
  readonly backup: string;
  readonly reached: boolean;
  readonly rto: number;
  readonly rpo: number;
  readonly unreadable: readonly { readonly backup: string; readonly reason: string }[];
  readonly rows: Readonly<Record<string, number>>;
  /** Commands that go on from there. */
  readonly next: { readonly look: string; readonly copy?: string; readonly remove: string };
}

/** Restores the second before the mistake, or all where none is given, into a server of that name. */
export async function restore(
  { db, second }: { readonly db: BackedUp; readonly second?: string },
  telling: Telling,
  into: string,
): Promise<Told> {
  const to = second === undefined ? [] : ['--to', second];
  const { stdout } = await db.project.must('restore', 'db', ...to, '--into', into, '--count', '--json');
  telling.after(() => db.project.must('restore', '--remove', into, '--yes'));
  const told: Told = JSON.parse(stdout);
  telling.say(`of ${told.backup}: RTO ${(told.rto / 1_000).toFixed(1)} s, RPO ${(told.rpo / 1_000).toFixed(1)} s`);
  return told;
}

/** Restored from the newest backup, it is all there, and what runs was left as it is. */
export async function assertUndone(mistaken: Mistaken, telling: Telling): Promise<Told> {
  const { db, backups, before } = mistaken;
  const told = await restore(mistaken, telling, 'before');
  assert.deepEqual({ backup: told.backup, reached: told.reached }, { backup: backups[2], reached: true });
  assert.deepEqual(told.rows, { 'db.public.orders': 85_000 });
  assert.equal(await sqlOfRestored(db.project, 'before', sumOfOrders), before, 'rows and checksum');
  assert.ok(told.rpo >= 0 && told.rpo < 10_000, `an RPO of seconds, not ${told.rpo} ms`);
  assert.equal(await db.sql("select to_regclass('orders') is null"), 't', 'what runs was left as it is');
  const { stdout } = await db.project.must('plan');
  assert.match(stdout, /No changes/, 'nothing of it concerns the environment');
  return told;
}
