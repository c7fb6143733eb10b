/**
 * A table that was dropped in a cluster is there again, in one server that is made of its backups: of a volume, and of
 * another machine that is reached by SSH. Whoever leads takes them. @long
 */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { story, type Telling, tellAll } from './harness.ts';
import { type BackedUp, backedUpDatabase, type Kind } from './support/database/backed-up.ts';
import { farMachine } from './support/database/far-machine.ts';
import { assertUndone, mistake } from './support/database/mistake.ts';

story('what was dropped in a cluster is there again, of the backups in a volume', telling => undone({}, telling));

story('what was dropped in a cluster is there again, of what another machine kept', telling =>
  undone({ far: farMachine() }, telling),
);

/** A further backup is taken by another server than those before. */
async function undone(kind: Kind, telling: Telling): Promise<void> {
  const db = await backedUpDatabase(telling, { ...kind, standbys: 1 });
  const { next } = await assertUndone(await mistake(db), telling);
  const leader = await db.shell(leading);
  assert.match(next.copy ?? '', new RegExp(`exec ${leader}\\.1 `), 'what is copied back goes to the one that leads');
  await anotherLeads(db);
  assert.match(await db.backup('diff'), /F_.*D$/, 'a backup of what changed since one that another server took');
}

/** Asks the one that leads what it is called. */
const leading = 'echo "$PATRONI_NAME"';

async function anotherLeads(db: BackedUp): Promise<void> {
  const before = await db.shell(leading);
  await db.shell('sh /etc/holdfast/postgres/leave');
  // Looked at often: a backup may come in the first second after a promotion.
  for (const end = Date.now() + 60_000; (await db.shell(leading).catch(() => before)) === before; await pause(50))
    assert.ok(Date.now() < end, `${before} leads for a minute after it left`);
}

await tellAll();
