import type { ResolvedSource } from '../model/spec/image-spec.ts';
import type { FileSpec, Limits } from '../model/spec/service-spec.ts';
import type { Value } from '../model/value.ts';

/** The engine-level specifications that providers are given: all allotted, all names resolved, secrets still sealed. */

export type { ResolvedSource };

export interface NetworkDesire {
  readonly subnet: string;
  readonly internal: boolean;
  /** CIDR: the engine hands out these addresses alone. Left out: all of the subnet's. */
  readonly range?: string;
}

export type VolumeDesire = Readonly<Record<string, never>>;

export interface ImageDesire {
  readonly source: ResolvedSource;
  /** SHA-256 over all that goes in. */
  readonly inputs: string;
  /** What instances name: `holdfast/shop/local/web:1f0c…`, or the pinned reference itself. */
  readonly reference: string;
}

/** In place of the keyed hash of a text whose secret is still to be generated: it fits nothing. */
export const notYetGenerated = 'not yet generated';

/** A text that may hold secrets; with a keyed hash of the whole where it does. */
export interface SealedText {
  readonly value: Value;
  /** HMAC of the revealed text under the environment's key; absent when there is no secret in it. */
  readonly seal?: string;
}

export interface InstanceDesire {
  /**
   * Stays up; runs once to completion; or is there with all that it needs, and somebody starts it on a schedule: that it does
   * not run, and how it ended, is no difference then.
   */
  readonly runs: 'always' | 'once' | 'on-schedule';
  readonly image: string;
  /** By engine name. The first is the one that host ports and the default route go by. */
  readonly networks: readonly NetworkPlace[];
  readonly hostname: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly workdir?: string;
  readonly user?: string;
  readonly env: Readonly<Record<string, SealedText>>;
  readonly files: Readonly<Record<string, Omit<FileSpec, 'content'> & { readonly content: SealedText }>>;
  /** Engine names of volumes, by path. */
  readonly mounts: Readonly<Record<string, string>>;
  /** Those that it has and can't write to. */
  readonly reads?: Readonly<Record<string, string>>;
  readonly ports: readonly number[];
  readonly publish: readonly { readonly port: number; readonly hostAddress: string; readonly hostPort: number }[];
  readonly limits: Limits;
  readonly restart: 'always' | 'on-failure' | 'no';
  readonly readOnly: boolean;
  readonly capabilities: readonly string[];
  readonly stopGrace: number;
  /** What is run inside before it is stopped on purpose. */
  readonly stopBefore?: readonly string[];
  /** IPv4 addresses by the names that it knows them by. */
  readonly hosts?: Readonly<Record<string, SealedText>>;
  /** What of its engine's machine it has, at the places that `reached` says. */
  readonly reaches?: {
    /** The socket of the engine itself: with it, it is root on that machine. */
    readonly engine?: true;
    /** The folder of the journal, on that machine. */
    readonly journal?: string;
  };
  /** The database cluster of which it is a server: for who looks for those, see `DatabaseServers`. */
  readonly cluster?: string;
}

/** How an instance is on one network. */
export interface NetworkPlace {
  readonly name: string;
  readonly aliases: readonly string[];
  /** The IPv4 address that it has there, always. Left out: one that the engine gives. */
  readonly address?: string;
}

/** Where something is that is inside of database servers. */
export interface InsideDesire {
  /** Name of the cluster. */
  readonly cluster: string;
  /** Names that the cluster had before. */
  readonly formerClusters: readonly string[];
}

export interface DatabaseDesire extends InsideDesire {
  /** What it is called inside. */
  readonly name: string;
  readonly owner: string;
}

export interface RoleDesire extends InsideDesire {
  /** What it is called inside, unless it logs in. */
  readonly name: string;
  /** One that logs in acts as the first. */
  readonly memberOf: readonly string[];
  readonly login?: {
    readonly name: SealedText;
    readonly password: SealedText;
    readonly connections?: number;
  };
}

export interface ExtensionDesire extends InsideDesire {
  readonly database: string;
  readonly name: string;
  /** Left out: the one that the server brings along. */
  readonly version?: string;
}

/** What the planner must know of a seen instance, whatever the engine. */
export interface InstanceState {
  readonly running: boolean;
  /** The name by which others reach it; see `instanceHost`. */
  readonly hostname: string;
  /** For one that runs once: whether it has ended, and how. */
  readonly exitCode?: number;
  /** Milliseconds since 1970. */
  readonly startedAt?: number;
  /** What it was born to run before it is stopped on purpose. */
  readonly stopBefore?: readonly string[];
  /** The host ports it holds, ours or not. */
  readonly hostPorts: readonly number[];
}

/** What the planner must know of a seen network. */
export interface NetworkState {
  readonly subnets: readonly string[];
  /** The engine made it for itself: it takes address space and is nobody's debt. */
  readonly predefined?: boolean;
}

/** One upstream of a route: `host:port`. */
export type Upstream = `${string}:${number}`;

export interface RoutesDesire {
  readonly routes: readonly RouteTable[];
}

export interface RouteTable {
  readonly host: string;
  readonly path: string;
  readonly upstreams: readonly Upstream[];
}
