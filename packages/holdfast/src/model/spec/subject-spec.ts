import type { Value } from '../value.ts';

/** What something is said of. */
export type SubjectSpec = Patience &
  (OfFiles | OfPeople | OfSoftware | OfMachine | OfNetwork | OfAnswers | OfPostgres | OfWhole);

export type SubjectType = SubjectSpec['type'];
export type SubjectOf<T extends SubjectType> = Extract<SubjectSpec, { type: T }>;

interface Patience {
  /** Milliseconds until what is said must be so: until then it is looked at again. Absent: it is looked at once. */
  readonly eventually?: number;
}

type OfFiles =
  | { readonly type: 'file'; readonly path: string }
  | { readonly type: 'directory'; readonly path: string }
  /** The file system that is mounted at a path. */
  | { readonly type: 'mount'; readonly path: string }
  /** The space of the file system that a path is on. */
  | { readonly type: 'disk'; readonly path: string };

type OfPeople = { readonly type: 'user'; readonly name: string } | { readonly type: 'group'; readonly name: string };

type OfSoftware =
  | {
      readonly type: 'command';
      /** One run may take as long as `eventually`, 10 s without. */
      readonly command: readonly string[];
    }
  | { readonly type: 'package'; readonly name: string }
  | { readonly type: 'image' }
  | {
      /** A type of the user's own: the facts are what a command prints. */
      readonly type: 'custom';
      readonly name: string;
      /** What tells it from others of its type: `replication`. */
      readonly words: readonly string[];
      readonly command: readonly string[];
      readonly parse: Parser;
    };

/** How facts are made of what a command prints. `pairs`: lines of `key: value` or `key=value`. */
export type Parser = 'text' | 'number' | 'lines' | 'pairs' | 'json';

type OfMachine =
  /** All processes whose program has this name, without its folder. */
  | { readonly type: 'process'; readonly name: string }
  /** A variable of the environment of the main process. */
  | { readonly type: 'environment'; readonly name: string }
  | { readonly type: 'kernel-parameter'; readonly name: string }
  | { readonly type: 'memory' }
  /** A service under an init system: systemd, OpenRC, runit, SysV. */
  | { readonly type: 'unit'; readonly name: string }
  /** What cron runs as a user, from wherever that is written. */
  | { readonly type: 'cron'; readonly user: string }
  /** The log of the target: what it wrote to stdout and stderr, or the journal of a host. */
  | { readonly type: 'log' }
  | { readonly type: 'container' };

type OfNetwork =
  /** A port that the target itself may listen on. */
  | { readonly type: 'port'; readonly port: number; readonly protocol: 'tcp' | 'udp' }
  | { readonly type: 'interface'; readonly name: string }
  /** `default`, or a destination in CIDR form. */
  | { readonly type: 'route'; readonly to: string }
  /** A chain, with the table that it is in: `filter`, `INPUT`. */
  | { readonly type: 'firewall'; readonly table: string; readonly chain: string };

type OfAnswers =
  /** What the target answers on a port of its own. */
  | { readonly type: 'http'; readonly port: number; readonly path: string; readonly request?: RequestSpec }
  /** What answers at a URL. No redirect is followed. */
  | { readonly type: 'url'; readonly url: Value; readonly request?: RequestSpec }
  | { readonly type: 'tcp'; readonly host: Value; readonly port: number }
  | { readonly type: 'udp'; readonly host: Value; readonly port: number; readonly send: string }
  | { readonly type: 'dns'; readonly name: string; readonly record: RecordType; readonly server?: string }
  | {
      readonly type: 'certificate';
      readonly host: Value;
      readonly port: number;
      /** The name that is asked for (SNI), where it is not the host. */
      readonly name?: string;
    }
  /** How long a URL takes to answer; `tcp://host:port` to take a connection. */
  | { readonly type: 'latency'; readonly url: Value; readonly samples: number };

export type RecordType = 'A' | 'AAAA' | 'CAA' | 'CNAME' | 'MX' | 'NS' | 'PTR' | 'SRV' | 'TXT';

/** What is asked other than by a plain GET. */
export interface RequestSpec {
  readonly method: 'GET' | 'HEAD' | 'OPTIONS';
  readonly headers: Readonly<Record<string, string>>;
}

type OfPostgres =
  | { readonly type: 'postgres'; readonly at: PostgresPlace }
  /** Read only: it runs in a transaction that may not write. */
  | { readonly type: 'postgres-query'; readonly at: PostgresPlace; readonly query: string }
  | { readonly type: 'postgres-role'; readonly at: PostgresPlace; readonly name: string }
  | { readonly type: 'postgres-extension'; readonly at: PostgresPlace; readonly name: string }
  | { readonly type: 'postgres-setting'; readonly at: PostgresPlace; readonly name: string };

/** All that there is of something, so that it can be said that there is nothing else. */
type OfWhole =
  /** Every socket that waits for others. */
  | { readonly type: 'listening' }
  | { readonly type: 'processes' }
  /** Every file system that is mounted, but those that an engine gives to each container. */
  | { readonly type: 'mounts' };

/** Where a database is, as seen from inside of the target. */
export interface PostgresPlace {
  readonly database: string;
  readonly user: string;
  readonly port: number;
}
