import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, untilOtherLeads, untilWhole } from '../../../scenarios/support/cluster/cluster.ts';
import type { Account } from '../../../scenarios/support/ledger/account.ts';
import { emptyLedger, startWriters } from '../../../scenarios/support/ledger/writers.ts';
import { type CaseName, cases } from './cases.ts';

/**
 * One fault of the primary under four writers, from a whole cluster to a whole cluster: they still write while what was
 * frozen or cut off comes back.
 */
export async function trial(cluster: Cluster, name: CaseName): Promise<Account> {
  const primary = await untilWhole(cluster, 180);
  await emptyLedger(cluster.door);
  await using writers = await startWriters(cluster.door);
  await writers.untilAcknowledged(60);
  await sleep(3_000);
  const heal = await cases[name](cluster, primary);
  try {
    await untilOtherLeads(cluster, primary, 120);
    await writers.untilAcknowledged(60);
    await sleep(2_000);
  } finally {
    await heal();
  }
  await untilWhole(cluster, 180);
  await writers.untilAcknowledged(60);
  return writers.account();
}
