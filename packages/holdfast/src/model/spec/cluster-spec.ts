import type { Address } from '../address.ts';
import type { RunSpec } from './service-spec.ts';

/** A database of several servers, of which one leads: what those who work on it from outside must know. */
export interface ClusterSpec {
  /** The services that run PostgreSQL, in the order in which they are brought about. */
  readonly members: readonly Address[];
  /** The services that hold who leads; none where there is a single server. */
  readonly etcd: readonly Address[];
  /** The service that leads clients to the server that leads. */
  readonly proxy?: Address;
  readonly data?: ClusterData;
  /** What the cluster calls itself: Patroni's scope. */
  readonly scope: string;
  readonly port: number;
  /** A write waits for a standby even where that means that none is taken. */
  readonly strict: boolean;
  /** The role that may do all, without a password, by the socket. */
  readonly superuser: string;
  /** The folder of the socket inside each member. */
  readonly socket: string;
  readonly backups?: ClusterBackups;
}

/** Volumes that hold what is in the database. */
export interface ClusterData {
  readonly here: readonly Address[];
  /** Those that would hold it if it were declared with more servers or fewer, and that this declaration does not use. */
  readonly otherwise: readonly Address[];
}

export interface ClusterBackups {
  /** What the backups are kept under. */
  readonly stanza: string;
  /** The secret that they are encrypted with. Absent in what an earlier version has declared. */
  readonly key?: Address;
  /** When, as a job's `every`. */
  readonly full: string;
  readonly diff: string;
  /** How many full ones stay. */
  readonly keep: number;
  /** The machine and folder that keep them, `user@host:path`; absent where a volume does. */
  readonly at?: string;
  readonly restored: RestoredSpec;
}

/** What a server is run with that is made of a backup: see `restore`. */
export interface RestoredSpec {
  readonly run: RunSpec;
  /** Where the volume is that it is made in. */
  readonly data: string;
  /** Volumes that it has and can't write to, by path: where the backups are, unless another machine keeps them. */
  readonly reads: Readonly<Record<string, Address>>;
}
