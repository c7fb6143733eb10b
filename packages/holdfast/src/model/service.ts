import * as z from 'zod/mini';
import { type Duration, toMilliseconds } from '../kit/duration.ts';
import { type Address, nameIn } from './address.ts';
import { type FigureOptions, figureMembers, figuresOf, refuseFigures } from './availability.ts';
import { Call } from './declaration/call.ts';
import { addressOfHandle } from './declaration/handle.ts';
import { isLater, type Later, later } from './declaration/later.ts';
import { handleOf } from './declaration/options.ts';
import { members, rule } from './declaration/rule.ts';
import { askedBy, isProbe, type Probe } from './probe.ts';
import type { Ref } from './ref.ts';
import { command, duration, isHostName, portNumber } from './rules.ts';
import { imageMember, runMembers } from './run/members.ts';
import { needsOfRun, networksOf, type RunOptions, runSpec } from './run.ts';
import { ServiceHandle } from './service-handle.ts';
import type { ProbeSpec, ServiceSpec } from './spec/service-spec.ts';
import { bindMigration, type MigrationHandle } from './task.ts';
import { isFixedAddress, type RefValue } from './value.ts';

export interface ServiceOptions<P extends string = string> extends RunOptions, FigureOptions {
  /** How many instances. Default 1. */
  readonly replicas?: number;
  /** Container ports by name. */
  readonly ports?: Readonly<Record<P, number>>;
  /** How to ask whether an instance is well. Without one, running is well. */
  readonly health?: Probe;
  /** What the engine does when the process ends. Default `'always'`. */
  readonly restart?: ServiceSpec['restart'];
  /** What must have run before the first new instance. */
  readonly before?: MigrationHandle | readonly MigrationHandle[];
  /**
   * `grace`: between asking to stop and killing. Default `'10s'`. `before`: what is run inside before it is stopped on purpose,
   * such as to hand its lead over; it has 30 s, and that it failed is told and stops nothing. Default nothing.
   */
  readonly stop?: { readonly grace?: Duration; readonly before?: readonly string[] };
  /** Further names that it answers to on its networks. */
  readonly aliases?: readonly string[];
  /**
   * The one address that it always has, of a fixed network that it is on: `inner.address(11)`. It has one instance then,
   * which stops before its replacement starts.
   */
  readonly address?: Ref<string>;
  /** Names of ports that take a host port of the environment. For edges: a host port can't be shared. */
  readonly publish?: readonly NoInfer<P>[];
}

const portLabel = rule<string>(
  { is: 'a port name of lower-case letters, digits and hyphens', fix: "write it as in 'http'" },
  value => typeof value === 'string' && /^[a-z][a-z0-9-]{0,30}$/.test(value),
);

const restart = rule<ServiceSpec['restart']>({ is: "'always', 'on-failure' or 'no'" }, value =>
  ['always', 'on-failure', 'no'].includes(value as string),
);

const probeMember = rule<Probe>(
  {
    is: 'a probe',
    why: 'traffic only moves to an instance that answered its probe',
    fix: "make one: probe.http('http', '/healthz'), probe.tcp('postgres') or probe.command(['pg_isready'])",
  },
  isProbe,
);

const before = rule<MigrationHandle | readonly MigrationHandle[]>(
  {
    is: 'a migration handle, or an array of them',
    fix: "declare it there: before: migration('schema', { command: […] })",
  },
  value => [value].flat().every(one => handleOf('migration').safeParse(one).success),
);

const alias = rule<string>({ is: 'a host name', fix: "write it as in 'db' or 'db.internal'" }, isHostName);

const ownAddress = rule<Ref<string>>(
  {
    is: 'an address of a fixed network',
    why: 'the engine gives every other address to whoever comes first',
    fix: "ask a network for one: const inner = network('inner', { fixed: true }), then address: inner.address(11)",
  },
  value => isLater(value) && isFixedAddress(value[later]),
);

const replicas = rule<number>(
  {
    is: 'a whole number from 1 to 999',
    why: 'it says how many instances run',
    fix: 'write it as in 2; to have none, remove the service',
  },
  value => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 999,
);

const schema = members({
  ...runMembers,
  image: imageMember,
  replicas: z.optional(replicas),
  ports: z.optional(z.record(portLabel, portNumber)),
  health: z.optional(probeMember),
  restart: z.optional(restart),
  before: z.optional(before),
  stop: z.optional(members({ grace: z.optional(duration), before: z.optional(command) })),
  aliases: z.optional(z.array(alias)),
  publish: z.optional(z.array(portLabel)),
  address: z.optional(ownAddress),
  ...figureMembers,
});

/** What stays up: so many instances of an image. */
export function service<const P extends string = never>(name: string, options: ServiceOptions<P>): ServiceHandle<P> {
  const call = new Call('service', name, service);
  const accepted = call.accepts(schema, options);
  refuseNetworks(call, options);
  if (accepted) refuseFigures(call, options);
  const handle = new ServiceHandle<P>(name, accepted ? options : undefined);
  if (!accepted) return handle;
  for (const migration of migrationsOf(options)) bindMigration(migration, call, options);
  const spec = specOf(call, options);
  call.declare(spec, [...needsOfRun(options, spec), ...spec.before], options);
  return handle;
}

function refuseNetworks(call: Call, given: Partial<ServiceOptions> | undefined): void {
  if (!given) return;
  const { network, networks } = given;
  if (network && networks)
    call.refuse({
      what: `service "${call.name}" has both network and networks`,
      why: 'two lists of the same thing can contradict each other',
      fix: 'keep one: networks: [front, back]',
    });
  if (!network && !networks?.length)
    call.refuse({
      what: `service "${call.name}" is on no network`,
      why: 'nobody could reach it, and it could reach nobody',
      fix: "declare one with network('lan') and give it as network: lan",
    });
}

const migrationsOf = ({ before = [] }: Pick<ServiceOptions, 'before'>): readonly MigrationHandle[] =>
  [before].flat() as readonly MigrationHandle[];

function specOf(call: Call, options: ServiceOptions): ServiceSpec {
  const { ports = {}, publish = [], aliases = [] } = options;
  const health = options.health && healthOf(call, options.health, ports);
  const address = options.address && addressIn(call, options.address, options);
  return {
    ...runSpec(options),
    replicas: options.replicas ?? 1,
    ...(address && { address }),
    ports,
    publish,
    aliases,
    ...(health && { health }),
    restart: options.restart ?? 'always',
    stopGrace: toMilliseconds(options.stop?.grace ?? '10s'),
    ...(options.stop?.before && { stopBefore: options.stop.before }),
    before: migrationsOf(options).map((one): Address => addressOfHandle(one)),
    ...figuresOf(options),
  };
}

function addressIn(call: Call, given: Later, options: ServiceOptions): RefValue | undefined {
  const value = given[later];
  if (!isFixedAddress(value)) return undefined;
  const isThere = networksOf(options).some(network => addressOfHandle(network) === value.$ref.of);
  if (!isThere) call.refuse(addressElsewhere(call.name, nameIn(value.$ref.of)));
  if ((options.replicas ?? 1) > 1) call.refuse(sharedAddress(call.name, options.replicas));
  return value;
}

function healthOf(call: Call, probe: Probe, ports: Readonly<Record<string, number>>): ProbeSpec | undefined {
  const asked = askedBy(probe);
  if (asked.type === 'command') return asked;
  const port = ports[asked.port];
  if (port !== undefined) return { ...asked, port };
  call.refuse(unknownPort(call.name, 'health', asked.port, Object.keys(ports)));
  return undefined;
}

const addressElsewhere = (service: string, network: string) => ({
  what: `service "${service}" has an address of network "${network}", which it is not on`,
  why: 'an address is one of the network that it belongs to',
  fix: `put it there: networks: […, ${network}], or ask a network that it is on`,
});

const sharedAddress = (service: string, replicas = 1) => ({
  what: `service "${service}" has an address of its own and ${replicas} replicas`,
  why: 'one address leads to one instance',
  fix: 'declare one service for each address, or leave `address` out',
});

/** What to say of a port that a service names and does not have. */
export const unknownPort = (service: string, where: string, port: string, known: readonly string[]) => ({
  what: `service "${service}" → ${where} names the port "${port}", which it does not have`,
  why: known.length > 0 ? `its ports are ${known.join(', ')}` : 'it declares no ports',
  fix: `add it: ports: { ${port}: 8080 }${known.length > 0 ? `, or name '${known[0]}'` : ''}`,
});
