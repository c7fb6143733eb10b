/**
 * Bad days of a database with two standbys, each under four writers that keep a ledger of what they were told: each ends
 * as it ought to, and nothing that was acknowledged is lost. @long
 */
import { story, tellAll } from './harness.ts';
import {
  aStandbyRejoins,
  guardianSteps,
  killedAt,
  theOldOneComesBack,
  thePrimaryIsRemoved,
  twoAtOnce,
} from './support/days/guardian.ts';
import { etcdLosesItsMajority, nothingCanBeArchived, theDiskIsFull } from './support/days/surroundings.ts';

story(
  'etcd loses its majority: reads go on, writes stop, a status says so; then it goes on by itself',
  etcdLosesItsMajority,
);
story('nothing can be archived: writes go on, and what waited is archived when it can be', nothingCanBeArchived);
for (const step of guardianSteps)
  story(`the guardian is killed at its step "${step}": the next one goes on`, telling => killedAt(telling, step));
story('two guardians at once: one takes over, once', twoAtOnce);
for (const milliseconds of [0, 300, 1_000, 3_000])
  story(`the old primary is started by hand ${milliseconds} ms after its death, during the takeover`, telling =>
    theOldOneComesBack(telling, milliseconds),
  );
story('the primary is removed: another one leads, and up makes a member in its place', thePrimaryIsRemoved);
story('a standby is on its way back when the primary is killed', aStandbyRejoins);
story('the disk of the primary is full: writes are refused, then it dies, and another one leads', theDiskIsFull);

await tellAll();
