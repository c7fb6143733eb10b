import type { ImageHandle } from '../../model/image.ts';
import type { Backups } from './backups/backups.ts';
import type { Access } from './handle.ts';
import type { PostgresOptions } from './options.ts';

/** What one server and a cluster both stand on. */
export interface Ground {
  readonly name: string;
  readonly options: PostgresOptions;
  readonly version: number;
  readonly image: ImageHandle;
  readonly access: Access;
  readonly backups: Backups | undefined;
}
