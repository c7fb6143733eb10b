import type { Address } from '../model/address.ts';
import { isFact, type StoredFact } from './fact.ts';
import type { Journal } from './journal.ts';

const kinds = ['backup.taken', 'backup.restored', 'environment.removed'] as const;

/** How many of the newest are looked through. */
const enough = 500;

/** The newest backup of a database. One that was never restored is unproven. */
export interface LastBackup {
  readonly cluster: Address;
  readonly label: string;
  readonly type: 'full' | 'diff';
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly state: 'proven' | 'unproven' | 'unreadable';
  /** The newest one that a server was made of. */
  readonly proven?: { readonly label: string; readonly at: string };
}

/** The newest backup of each database, and whether it was restored. */
export async function lastBackups(
  journal: Journal,
  system: string,
  environment: string,
): Promise<readonly LastBackup[]> {
  const newest = await Array.fromAsync(journal.read({ system, environment, kinds, newestFirst: true, limit: enough }));
  return backupsIn(newest);
}

/** Of facts that are given newest first. What went with the data of an environment counts no more. Pure. */
export function backupsIn(all: readonly StoredFact[]): readonly LastBackup[] {
  const gone = all.findIndex(fact => isFact(fact, 'environment.removed') && fact.payload.withData);
  const newest = gone < 0 ? all : all.slice(0, gone);
  const taken = newest.filter(fact => isFact(fact, 'backup.taken'));
  const tried = newest.filter(fact => isFact(fact, 'backup.restored'));
  const clusters = [...new Set(taken.map(({ payload }) => payload.cluster))];
  return clusters.flatMap(cluster => {
    const last = taken.find(({ payload }) => payload.cluster === cluster);
    const ofIt = tried.filter(({ payload }) => payload.cluster === cluster);
    const whole = ofIt.find(({ payload }) => payload.verdict === 'restored');
    if (!last) return [];
    const { label, type } = last.payload;
    const verdict = ofIt.find(({ payload }) => payload.backup === label)?.payload.verdict;
    return [
      {
        ...{ cluster, label, type, at: last.at },
        state: verdict === undefined ? 'unproven' : verdict === 'restored' ? 'proven' : 'unreadable',
        ...(whole && { proven: { label: whole.payload.backup, at: whole.at } }),
      } satisfies LastBackup,
    ];
  });
}
