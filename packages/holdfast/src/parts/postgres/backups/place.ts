import type { NetworkHandle } from '../../../model/network.ts';
import type { RunOptions } from '../../../model/run.ts';
import { type VolumeHandle, volume } from '../../../model/volume.ts';
import { commonOf } from '../common.ts';
import { inside } from '../inside.ts';
import type { PostgresOptions } from '../options.ts';
import { configOf, type Repository } from './pgbackrest.ts';

/** Where backups are kept, and what a server must have to reach it. */
export interface BackupPlace {
  /** For people; absent where it is a volume. */
  readonly at?: string;
  readonly mounts: Readonly<Record<string, VolumeHandle>>;
  /** The way there, where it is no way that there is anyway. */
  readonly networks: readonly NetworkHandle[];
  readonly files: NonNullable<RunOptions['files']>;
  /** The command that pgBackRest is where it may write to the repository. */
  readonly writer: string;
}

/** What is the same wherever it is kept. */
export type Kept = Omit<Repository, 'path'>;

/** Where pgBackRest reads what it is told. */
export const config = `${inside.told}/pgbackrest.conf`;

/** A volume that all servers have. */
export const volumePlace = (name: string, options: PostgresOptions, kept: Kept): BackupPlace => ({
  mounts: { [inside.repository]: volume(`${name}-backups`, { ...commonOf(options, '-backups'), writers: 'many' }) },
  networks: [],
  files: { [config]: configOf({ ...kept, path: inside.repository }) },
  writer: 'pgbackrest',
});
