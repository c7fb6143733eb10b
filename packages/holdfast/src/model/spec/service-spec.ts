import type { Address } from '../address.ts';
import type { Reach } from '../reached.ts';
import type { RefValue, Value } from '../value.ts';

export interface FileSpec {
  readonly content: Value;
  /** Octal text, as in `0400`. */
  readonly mode: string;
  /** `uid:gid`, in numbers. */
  readonly owner: string;
}

export type ProbeSpec =
  | {
      readonly type: 'http';
      readonly port: number;
      readonly path: string;
      readonly status: readonly number[];
      readonly timing: ProbeTiming;
    }
  | { readonly type: 'tcp'; readonly port: number; readonly timing: ProbeTiming }
  | { readonly type: 'command'; readonly command: readonly string[]; readonly timing: ProbeTiming };

/** All in milliseconds. */
export interface ProbeTiming {
  readonly interval: number;
  readonly timeout: number;
  /** How long a new instance may take until it is well, or at least comes further. */
  readonly within: number;
}

export interface Limits {
  /** Bytes. */
  readonly memory?: number;
  /** Thousandths of a processor. */
  readonly cpu?: number;
  /** Processes and threads. */
  readonly processes: number;
}

/** What any container is run with, whether it stays up or runs to completion. */
export interface RunSpec {
  readonly image: Address;
  readonly networks: readonly Address[];
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly workdir?: string;
  readonly user?: string;
  readonly env: Readonly<Record<string, Value>>;
  /** By absolute path. */
  readonly files: Readonly<Record<string, FileSpec>>;
  /** Volumes by absolute path. */
  readonly mounts: Readonly<Record<string, Address>>;
  readonly limits: Limits;
  readonly readOnly: boolean;
  /** Linux capabilities to add to none, as in `NET_BIND_SERVICE`. */
  readonly capabilities: readonly string[];
  /** IPv4 addresses by the names that it knows them by, whatever becomes of who has them. */
  readonly hosts?: Readonly<Record<string, Value>>;
  /** The engine that it is on, or the journal of its environment. */
  readonly reaches?: readonly Reach[];
  /** The database cluster of which it is a server. */
  readonly cluster?: string;
}

export interface ServiceSpec extends RunSpec {
  readonly replicas: number;
  /** The one that its instance always has, on one of its networks. */
  readonly address?: RefValue;
  /** Container ports by name. */
  readonly ports: Readonly<Record<string, number>>;
  /** Names of ports that take a host port of the environment. Edges only: instances that share one can't overlap. */
  readonly publish: readonly string[];
  /** Further names it answers to on its networks. */
  readonly aliases: readonly string[];
  readonly health?: ProbeSpec;
  readonly restart: 'always' | 'on-failure' | 'no';
  /** Between asking to stop and killing, in milliseconds. */
  readonly stopGrace: number;
  /** Run inside before it is stopped on purpose. */
  readonly stopBefore?: readonly string[];
  /** Migrations that must have run before the first new instance. */
  readonly before: readonly Address[];
  /** Of each of its instances, an exact decimal percentage: what bounds are reckoned with. */
  readonly availability?: string;
  /** The share of an instance's failures that take all of them: `5%`. */
  readonly commonCause?: string;
}

/** A migration or a job: runs to completion. */
export interface TaskSpec extends RunSpec {
  /** Milliseconds. */
  readonly timeout: number;
  /** When a job runs again and again: a duration, or a pattern of cron. Without it, once for each change. */
  readonly every?: string;
}
