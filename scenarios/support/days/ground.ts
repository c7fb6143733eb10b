import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Project, shared, type Telling } from '../../harness.ts';
import { type Cluster, leaders, type Member, running, untilWhole } from '../cluster/cluster.ts';
import { declaredCluster, declaring } from '../cluster/declared.ts';
import type { Account } from '../ledger/account.ts';
import { emptyLedger, startWriters, type Writers } from '../ledger/writers.ts';

/** What the bad days of a database happen to. */
export interface Ground {
  readonly project: Project;
  readonly cluster: Cluster;
}

/** In seconds: until a cluster is whole again on a busy machine, where a member may be copied anew. */
const patience = 300;

export const theGround = shared(async (telling): Promise<Ground> => {
  const project = await telling.project({ system: declaring() });
  const { seconds } = await project.must('up', '--yes');
  telling.say(`three members, three etcd and a proxy are up after ${seconds.toFixed(1)} s`);
  return { project, cluster: await declaredCluster(project.name) };
});

/** Does something to a whole cluster under four writers, until it is whole again and they write: nothing acknowledged is lost. */
export async function underWriters(
  telling: Telling,
  { cluster }: Ground,
  work: (primary: Member, writers: Writers) => Promise<unknown>,
): Promise<Account> {
  const primary = await untilWhole(cluster, patience);
  await emptyLedger(cluster.door);
  await using writers = await startWriters(cluster.door);
  await writers.untilAcknowledged(60);
  await sleep(1_000);
  await work(primary, writers);
  await untilWhole(cluster, patience);
  await writers.untilAcknowledged(60);
  const account = await writers.account();
  telling.say(inWords(account));
  const { lost, duplicated, foreign } = account;
  assert.deepEqual({ lost, duplicated, foreign }, { lost: [], duplicated: [], foreign: [] });
  return account;
}

/** As in: 5,071 acknowledged, none lost; 3 refused, 1 unknown (1 of them there); longest without a write 2.1 s. */
const inWords = ({ ok, lost, failed, unknown, unknownPresent, outage }: Account): string =>
  `${ok.toLocaleString('en')} acknowledged, ${lost.length || 'none'} lost; ${failed} refused, ${unknown} unknown ` +
  `(${unknownPresent} of them there); longest without a write ${outage.toFixed(1)} s`;

/** One that does not lead. */
export async function aStandby(cluster: Cluster): Promise<Member> {
  const leading = (await leaders(cluster)).map(({ name }) => name);
  const found = (await running(cluster, cluster.members)).find(({ name }) => !leading.includes(name));
  assert.ok(found, 'a standby runs');
  return found;
}
