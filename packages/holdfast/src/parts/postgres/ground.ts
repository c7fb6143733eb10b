import type { AuthorityHandle } from '../../model/certificate.ts';
import type { CheckHandle } from '../../model/check.ts';
import type { ClusterHandle } from '../../model/cluster.ts';
import type { ImageHandle } from '../../model/image.ts';
import type { NetworkHandle } from '../../model/network.ts';
import { networksOf } from '../../model/run.ts';
import type { Backups } from './backups/backups.ts';
import type { PostgresOptions } from './options.ts';

/** What one server and a cluster both stand on. */
export interface Ground {
  readonly name: string;
  readonly options: PostgresOptions;
  readonly version: number;
  readonly image: ImageHandle;
  /** Signs the certificates of all that belongs to the database. */
  readonly authority: AuthorityHandle;
  readonly backups: Backups | undefined;
}

/** Those of its clients, and the way to where its backups are. */
export const networksWith = ({ options, backups }: Ground): readonly NetworkHandle[] => [
  ...new Set([...networksOf(options), ...(backups?.networks ?? [])]),
];

/** What was made of it. */
export interface Servers {
  readonly cluster: ClusterHandle;
  /** Of the service that has the name of the database: what clients reach. */
  readonly ports: Readonly<Record<string, number>>;
  /** What must be so of each server. */
  readonly checks: readonly CheckHandle[];
}
