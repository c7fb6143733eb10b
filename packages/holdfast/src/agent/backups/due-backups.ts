import type { KeptRelease } from '../../journal/view.ts';
import type { Address } from '../../model/address.ts';
import { addressOf } from '../../model/resource.ts';
import { resourcesOf } from '../../model/system-model.ts';

export type BackupType = 'full' | 'diff';

/** A kind of backup of one database that is taken when its time has come. */
export interface ScheduledBackup {
  readonly cluster: Address;
  /** What the cluster calls itself. */
  readonly scope: string;
  readonly type: BackupType;
  readonly every: string;
  /** No slot before counts as missed, in milliseconds since 1970. */
  readonly since: number;
}

/** Of the databases of a release that are on an engine. A database that was never copied is copied at once. Pure. */
export function backupsIn(release: KeptRelease | undefined, engine: string): readonly ScheduledBackup[] {
  if (!release) return [];
  const clusters = resourcesOf(release.model, 'cluster').filter(cluster => cluster.engine === engine);
  return clusters.flatMap(cluster => {
    const { backups, scope } = cluster.spec;
    const of = { cluster: addressOf(cluster), scope };
    if (!backups) return [];
    return [
      { ...of, type: 'full', every: backups.full, since: 0 },
      { ...of, type: 'diff', every: backups.diff, since: Date.parse(release.at) },
    ] as const;
  });
}
