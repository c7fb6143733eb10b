/**
 * A table that was dropped in a cluster is there again, in one server that is made of its backups: of a volume, and of
 * another machine that is reached by SSH. @long
 */
import { story, tellAll } from './harness.ts';
import { backedUpDatabase } from './support/database/backed-up.ts';
import { farMachine } from './support/database/far-machine.ts';
import { assertUndone, mistake } from './support/database/mistake.ts';

story('what was dropped in a cluster is there again, of the backups in a volume', async telling => {
  await assertUndone(await mistake(await backedUpDatabase(telling, { standbys: 1 })), telling);
});

story('what was dropped in a cluster is there again, of what another machine kept', async telling => {
  await assertUndone(await mistake(await backedUpDatabase(telling, { standbys: 1, far: farMachine() })), telling);
});

await tellAll();
