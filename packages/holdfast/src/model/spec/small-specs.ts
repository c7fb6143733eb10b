import type { Address } from '../address.ts';

export interface NetworkSpec {
  /** CIDR. Without one, the environment's pool gives a /24. */
  readonly subnet?: string;
  /** No way out to the world. */
  readonly internal: boolean;
  /** The engine hands out addresses of the lower half alone: those of the upper half are given by who declares. */
  readonly fixed?: true;
}

export interface VolumeSpec {
  /** `one`: a single instance at a time may write, so that replacement is stop-first. */
  readonly writers: 'one' | 'many';
}

export interface Route {
  /** Host name that the request asks for. */
  readonly host: string;
  /** Path prefix; `/` for all. */
  readonly path: string;
  readonly to: Address;
  /** Container port of the service. */
  readonly port: number;
}

/** What an edge sends where. */
export interface RoutesSpec {
  readonly edge: Address;
  readonly routes: readonly Route[];
  /** How long an instance that leaves may take to finish what it has, in milliseconds. */
  readonly drain: number;
}

export interface SecretSpec {
  /** What Holdfast makes at first use; without it, the environment's store must have it. */
  readonly generate?: GenerateSpec;
}

/** So many characters, an authority that signs certificates, or a certificate with its key. */
export type GenerateSpec = number | AuthoritySpec | CertificateSpec;

export interface AuthoritySpec {
  readonly authority: Readonly<Record<string, never>>;
}

export interface CertificateSpec {
  readonly certificate: {
    /** The authority that signs it: `secret/db-authority`. */
    readonly by: Address;
    /** Host names and IPv4 addresses that it is valid for. The first is its common name. */
    readonly names: readonly string[];
    /** How many days it is valid. */
    readonly days: number;
  };
}

export interface PeopleSpec {
  readonly people: readonly string[];
  readonly onCall?: string;
  /** That somebody on call answers: an exact decimal percentage, as in `99%`. */
  readonly availability?: string;
}

export interface UpstreamSpec {
  /** An exact decimal percentage, as in `99.9%`. */
  readonly sla?: string;
  readonly endpoint?: string;
}
