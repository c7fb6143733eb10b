import ipaddr from 'ipaddr.js';
import * as z from 'zod/mini';
import { parseCidr } from '../../kit/cidr.ts';
import { type Duration, isDuration } from '../../kit/duration.ts';
import { callSite } from '../declaration/call-site.ts';
import { label } from '../declaration/label.ts';
import { members, rule } from '../declaration/rule.ts';
import type { Target } from '../declaration/slot.ts';
import { flag, isHostName } from '../rules.ts';
import { type EngineDeclaration, type EnginePlace, isEngine } from './engine-place.ts';
import { type Recipients, recipientsSchema } from './recipients.ts';

/** An environment as resolved: where a system lives. */
export interface Environment {
  readonly name: string;
  /** By name; `default` is where a resource lives that names none. */
  readonly engines: Readonly<Record<string, EnginePlace>>;
  /** Default: `<system>.localhost`. */
  readonly domain?: string;
  /** CIDR that networks get their /24 from. */
  readonly subnets: string;
  /** The first of the 100 host ports that edges take. */
  readonly ports: number;
  /** The host's IPv4 address that edges listen on. */
  readonly listen: string;
  /** Path or URL. Default: in the project's own state. */
  readonly journal?: string;
  /** Who can read its secrets. Without any, they are those of one person on one machine. */
  readonly recipients?: Recipients;
  /** Takes sealed images alone: those that passed their checks, and whose record is signed. */
  readonly sealed: boolean;
  /** Nothing that holds data may be destroyed. */
  readonly protected: boolean;
  readonly grace: Duration;
  /** The environment that a release must have been kept in before. */
  readonly after?: string;
}

export interface EnvironmentOptions {
  /** The one engine; or several by name, of which `default` is needed. Default: this machine's. */
  readonly engine?: EngineDeclaration;
  readonly engines?: Readonly<Record<string, EngineDeclaration>>;
  readonly domain?: string;
  /** CIDR of 8 to 24 bits. Default: a /16 of 10.231.0.0 and up that no other environment of the project has. */
  readonly subnets?: string;
  /** First host port for edges. Default 8080, 8180 … in the order of the environments. */
  readonly ports?: number;
  /** IPv4 address that edges listen on. Default `'127.0.0.1'`: this machine alone. */
  readonly listen?: string;
  /**
   * A path, `sqlite:…`, or a `postgres://…` URL, for those who share the environment. `sslmode=verify-full` encrypts and
   * verifies, `schema` names one that is not `holdfast`. The password may stand in PGPASSWORD or the password file instead.
   */
  readonly journal?: string | undefined;
  /**
   * Who can read its secrets: public keys of age by whose they are. With them, the secrets are those of a team, in
   * `secrets/<environment>.age` of the repository. Default: those of one person, in the project's own state.
   */
  readonly recipients?: Recipients;
  /** Whether it takes sealed images alone. Default: true for `production`, false for all others. */
  readonly sealed?: boolean;
  readonly protected?: boolean;
  /**
   * How long data stays after somebody named it to be destroyed: declared again until then, it is kept. `'0s'` destroys it
   * at once. Default `'7d'`.
   */
  readonly grace?: Duration;
  /** Name of the environment that comes before it. */
  readonly after?: string;
}

const mark: unique symbol = Symbol.for('holdfast.environment') as never;

/** An environment as the configuration names it. Made by {@link environment}. */
export interface EnvironmentDeclaration {
  readonly [mark]: Declared;
}

interface Declared {
  readonly options: EnvironmentOptions;
  readonly at: string;
}

/** Declares an environment. What is wrong with it is told by `defineConfig`, which knows its name. */
export function environment(options: EnvironmentOptions = {}): EnvironmentDeclaration {
  return { [mark]: { options, at: callSite(environment) } };
}

export const isEnvironment = (value: unknown): value is EnvironmentDeclaration =>
  typeof value === 'object' && value !== null && mark in value;

export const declaredIn = (declaration: EnvironmentDeclaration): Declared => declaration[mark];

const engineMember = rule<EngineDeclaration>(
  { is: 'an engine', why: 'it says where containers run', fix: 'write engine: engine.local()' },
  isEngine,
);

const pool = rule<string>(
  {
    is: 'an IPv4 pool in CIDR form of 8 to 24 bits',
    why: 'each network takes a /24 of it',
    fix: value => `write it as in '${(typeof value === 'string' && roomy(value)?.text) || '10.20.0.0/16'}'`,
  },
  value => typeof value === 'string' && roomy(value)?.text === value,
);

function roomy(text: string) {
  const block = parseCidr(text);
  return block && block.bits >= 8 && block.bits <= 24 ? block : undefined;
}

const domain = rule<string>(
  { is: 'a domain', fix: "write it as in 'shop.example', without http:// and without a port" },
  isHostName,
);

const journal = rule<string>(
  {
    is: 'a path, or a URL of a known kind',
    why: 'journals are kept in SQLite (a path, or sqlite:…) and PostgreSQL (postgres://…)',
    fix: "write it as in './holdfast.db' or 'postgres://holdfast@db.example/holdfast'",
  },
  value =>
    typeof value === 'string' &&
    value !== '' &&
    (!/^[a-z][a-z0-9+.-]+:/i.test(value) || /^(sqlite|file|postgres|postgresql):/.test(value)),
);

const ports = rule<number>(
  {
    is: 'a whole number from 1 to 65436',
    why: 'it is the first of the 100 host ports that the edges of the environment may take',
  },
  value => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65_436,
);

const listen = rule<string>(
  { is: 'an IPv4 address', fix: "write it as in '127.0.0.1' (this machine alone) or '0.0.0.0' (the world)" },
  value => typeof value === 'string' && ipaddr.IPv4.isValidFourPartDecimal(value),
);

const grace = rule<Duration>(
  {
    is: 'a duration',
    why: 'data stays so long after somebody named it to be destroyed',
    fix: "write it as in '7d', or '0s'",
  },
  value => typeof value === 'string' && isDuration(value),
);

export const environmentSchema = members({
  engine: z.optional(engineMember),
  engines: z.optional(z.record(label, engineMember)),
  domain: z.optional(domain),
  subnets: z.optional(pool),
  ports: z.optional(ports),
  listen: z.optional(listen),
  journal: z.optional(journal),
  recipients: z.optional(recipientsSchema),
  sealed: z.optional(flag),
  protected: z.optional(flag),
  grace: z.optional(grace),
  after: z.optional(label),
});

/** What a declaration of a system may know of the environment. */
export const targetOf = (environment: Environment, all: readonly Environment[]): Target => ({
  name: environment.name,
  ...(environment.domain && { domain: environment.domain }),
  subnets: environment.subnets,
  engines: Object.keys(environment.engines),
  ...hostsOf(environment),
  environments: all.map(({ name }) => name),
});

function hostsOf({ engines }: Environment): Pick<Target, 'hosts'> {
  const told = Object.entries(engines).flatMap(([name, { availability }]) =>
    availability === undefined ? [] : [[name, availability] as const],
  );
  return told.length > 0 ? { hosts: Object.fromEntries(told) } : {};
}
