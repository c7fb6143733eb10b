import type { Account } from '../scenarios/support/ledger/account.ts';
import { type CaseName, cases } from './support/failover/cases.ts';
import { reportTotal, reportTrial } from './support/failover/figures.ts';
import { openOurs } from './support/failover/ours.ts';
import { openPlain } from './support/failover/plain.ts';
import { trial } from './support/failover/trial.ts';

/**
 * What becomes of writes when the primary is killed, switched over on purpose, frozen, or cut off from etcd and the
 * standbys while its clients stay attached: four writers, and a ledger of what they were told. Beside it, in the same
 * run, plain Patroni with its defaults, of the same image, behind HAProxy as in its sample.
 *
 * BENCH_RUNS: trials of each, default 5. BENCH_CASES: some of the cases, as in `kill,freeze`.
 */
const runs = Number(process.env.BENCH_RUNS ?? 5);
const names = process.env.BENCH_CASES?.split(',') ?? Object.keys(cases);

const systems = { holdfast: openOurs, 'plain Patroni': openPlain } as const;
type SystemName = keyof typeof systems;

type Results = Readonly<Record<CaseName, readonly Account[]>>;

/** One system after the other: two would share the processors. */
async function measured(system: SystemName): Promise<Results> {
  const { project, cluster } = await systems[system]();
  try {
    const results = {} as Record<CaseName, Account[]>;
    for (const name of names as CaseName[]) {
      results[name] = [];
      for (let run = 1; run <= runs; run++) {
        const account = await trial(cluster, name);
        reportTrial({ case: name, system, trial: run }, account);
        results[name].push(account);
      }
    }
    return results;
  } finally {
    await project.remove();
  }
}

const ours = await measured('holdfast');
const plain = await measured('plain Patroni');
for (const name of names as CaseName[]) reportTotal(name, ours[name], plain[name]);
const lost = names.flatMap(name => ours[name as CaseName]).flatMap(account => account.lost);
if (lost.length > 0) throw new Error(`${lost.length} acknowledged writes were lost`);
