import assert from 'node:assert/strict';
import type { Telling } from '../../harness.ts';
import { sqlOfRestored, sumOfOrders } from './backed-up.ts';
import { type Mistaken, restore } from './mistake.ts';

/** With another passphrase there is a full backup at once, and what was there before is restored as before. */
export async function assertKeptByRotation(made: Mistaken, telling: Telling): Promise<void> {
  const { db, backups, before } = made;
  const labels = (await db.listed()).backup.map(({ label }) => label);
  await db.project.must('secret', 'rotate', 'db-passphrase');
  assert.equal((await restore(made, telling, 'not-yet')).backup, backups[2], 'before it is released');
  await db.project.must('up', '--yes');
  const since = Date.now();
  const [full] = (await db.listed()).backup;
  telling.say(`there is a full backup ${((Date.now() - since) / 1_000).toFixed(1)} s after the release`);
  assert.ok(full && !labels.includes(full.label), 'in a repository that has nothing of before');
  assert.equal((await restore(made, telling, 'by-the-old')).backup, backups[2]);
  assert.equal(await sqlOfRestored(db.project, 'by-the-old', sumOfOrders), before, 'rows and checksum');
  assert.equal((await restore({ db }, telling, 'by-the-new')).backup, full.label);
}
