import type { Journal } from '../journal/journal.ts';
import type { KeptRelease } from '../journal/view.ts';
import type { Address } from '../model/address.ts';
import { addressOf } from '../model/resource.ts';
import type { Provider } from '../ports/provider.ts';
import { backupsIn } from './backups/due-backups.ts';
import { type BackupGround, takeIfDue } from './backups/take-backup.ts';
import { destroyDue } from './destructions/destroy-due.ts';
import { runIfDue } from './schedule/run-job.ts';
import type { Duty } from './schedule/schedule.ts';
import { scheduledIn } from './schedule/scheduled.ts';

export interface DutyGround extends Omit<BackupGround, 'journal'> {
  readonly journal: () => Promise<Journal>;
  readonly volumes: Provider;
}

/** In milliseconds, until what failed is tried again. */
const pauses = { job: 5_000, backup: 600_000, destruction: 600_000 } as const;

/** All that is done on an engine when its time has come. */
export const dutiesIn = (release: KeptRelease | undefined, engine: string, ground: DutyGround): readonly Duty[] => [
  ...scheduledIn(release, engine).map(job => ({
    of: job.job,
    every: job.every,
    pause: pauses.job,
    run: async () => runIfDue(job, { ...ground, journal: await ground.journal() }),
  })),
  ...backupsIn(release, engine).map(backup => ({
    // Looked at anew for each release: it may have begun another repository, which has none yet.
    of: `${backup.cluster} ${backup.type} ${release?.release}`,
    every: backup.every,
    pause: pauses.backup,
    run: async () => takeIfDue(backup, { ...ground, journal: await ground.journal() }),
  })),
  ...(release ? [endOfGrace(release, engine, ground)] : []),
];

function endOfGrace({ model }: KeptRelease, engine: string, ground: DutyGround): Duty {
  const declared = new Set(model.resources.filter(one => one.engine === engine).map(addressOf));
  const isDeclared = (address: Address): boolean => declared.has(address);
  return {
    of: 'destructions',
    every: '1m',
    pause: pauses.destruction,
    run: async () => destroyDue({ ...ground, engine, isDeclared, journal: await ground.journal() }),
  };
}
