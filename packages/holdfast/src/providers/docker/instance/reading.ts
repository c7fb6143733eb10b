import type Docker from 'dockerode';
import type { Scope } from '../../../model/identity.ts';
import type { Seen } from '../../../ports/provider.ts';
import type { DockerHost } from '../host/host.ts';
import { birthOf, strangerOf } from '../labels.ts';
import { type Born, bornOf } from './labels.ts';
import type { Actual, ActualLimits, Attachment, DockerInstanceState, Status } from './state.ts';
import { bindingsOf, wordsOf } from './words.ts';

export type Inspected = Docker.ContainerInspectInfo;

/** The networks of the engine: a container may hold on to one that is gone. */
export interface Networks {
  readonly ids: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
}

/** One of ours, or one that was asked for by its id, as seen by looking closely. */
export function toSeen(
  host: DockerHost,
  found: Inspected,
  networks: Networks,
  scope: Scope,
): Seen<DockerInstanceState> {
  const birth = birthOf('instance', found.Config.Labels, scope);
  const born = bornOf(found.Config.Labels ?? {});
  const about = `container ${found.Config.Image}, ${spellStatus(found.State)}`;
  return {
    kind: 'instance',
    engine: host.engine,
    id: found.Id,
    name: found.Name.slice(1),
    ...(birth && { birth }),
    state: stateOf(found, born, networks),
    uses: usesOf(found),
    ...(birth ? { about } : strangerOf('instance', found.Config.Labels, about)),
  };
}

function stateOf(found: Inspected, born: Born, networks: Networks): DockerInstanceState {
  const { State, Config } = found;
  const status = State.Status as Status;
  const startedAt = Date.parse(State.StartedAt);
  return {
    running: status === 'running',
    hostname: Config.Hostname,
    ...((status === 'exited' || status === 'dead') && { exitCode: State.ExitCode }),
    ...(startedAt > 0 && { startedAt }),
    ...(born.stopBefore && { stopBefore: born.stopBefore }),
    hostPorts: hostPortsOf(found, born),
    status,
    actual: actualOf(found, born, networks),
  };
}

/** In the order of the specification. Ports that the engine chose are not held: it chooses anew at each start. */
function hostPortsOf(found: Inspected, born: Born): readonly number[] {
  const order = Object.keys(born.parts);
  return bindingsOf(found)
    .toSorted((a, b) => order.indexOf(a.aspect) - order.indexOf(b.aspect))
    .map(({ hostPort }) => hostPort);
}

const actualOf = (found: Inspected, born: Born, networks: Networks): Actual => ({
  image: found.Config.Image,
  bornWith: born.with,
  bornParts: born.parts,
  words: Object.fromEntries(wordsOf(found, born)),
  limits: limitsOf(found),
  restart: spellRestart(found),
  networks: attachmentsOf(found, networks),
  ...lostNetworkOf(found, networks),
  lastError: found.State.Error,
});

const neverOurs = [
  'CpuShares',
  'CpuQuota',
  'CpuPeriod',
  'CpusetCpus',
  'CpusetMems',
  'MemoryReservation',
  'BlkioWeight',
] as const;

function limitsOf({ HostConfig }: Inspected): ActualLimits {
  const set = neverOurs.filter(name => HostConfig[name]);
  return {
    memory: HostConfig.Memory ?? 0,
    swap: HostConfig.MemorySwap ?? 0,
    cpu: Math.round((HostConfig.NanoCpus ?? 0) / 1e6),
    processes: Math.max(HostConfig.PidsLimit ?? 0, 0),
    byHand: Object.fromEntries(set.map(name => [name, String(HostConfig[name])])),
  };
}

function spellRestart({ HostConfig }: Inspected): string {
  const { Name, MaximumRetryCount } = HostConfig.RestartPolicy ?? { Name: 'no' };
  return MaximumRetryCount ? `${Name}, ${MaximumRetryCount} times` : Name || 'no';
}

/** What it is on, by name. A running one that was refused an address is listed too, and is on nothing there. */
export const endsOf = ({ State, NetworkSettings }: Inspected): ReadonlyMap<string, Docker.EndpointSettings> =>
  new Map(
    Object.entries((NetworkSettings.Networks ?? {}) as Record<string, Docker.EndpointSettings>).filter(
      ([name, { EndpointID }]) => name !== 'none' && (EndpointID || !State.Running),
    ),
  );

function attachmentsOf(found: Inspected, networks: Networks): Record<string, Attachment> {
  return Object.fromEntries(
    [...endsOf(found)].map(([name, { NetworkID, Aliases, IPAMConfig }]) => [
      name,
      {
        aliases: ((Aliases ?? []) as string[]).filter(alias => !isFilledIn(alias, found)).toSorted(),
        ...(IPAMConfig?.IPv4Address && { address: IPAMConfig.IPv4Address }),
        // Before its first start an endpoint knows the name alone.
        exists: NetworkID ? networks.ids.has(NetworkID) : networks.names.has(name),
      },
    ]),
  );
}

function lostNetworkOf({ HostConfig }: Inspected, { ids, names }: Networks): Pick<Actual, 'lostNetwork'> {
  const bornOn = HostConfig.NetworkMode ?? 'default';
  return bornOn === 'default' || ids.has(bornOn) || names.has(bornOn) ? {} : { lostNetwork: bornOn };
}

interface Filler {
  readonly Id: string;
  readonly Name: string;
  readonly Config: { readonly Hostname: string };
}

/** Engines add the short id, and some the names, of the container to its aliases. */
export const isFilledIn = (alias: string, { Id, Name, Config }: Filler): boolean =>
  alias === Id.slice(0, 12) || alias === Name.slice(1) || alias === Config.Hostname;

function usesOf(found: Inspected): readonly string[] {
  const networks = Object.values(found.NetworkSettings.Networks ?? {}).map(({ NetworkID }) => NetworkID);
  const volumes = found.Mounts.filter(({ Type }) => Type === 'volume').map(({ Name }) => Name ?? '');
  return [...networks, ...volumes, found.Image].filter(id => id !== '');
}

/** `running`, `exited (137)`, `never started`. */
export function spellStatus({ Status, ExitCode }: Pick<Inspected['State'], 'Status' | 'ExitCode'>): string {
  if (Status === 'created') return 'never started';
  if (Status === 'exited') return `exited (${ExitCode})`;
  return Status === 'restarting' ? `restarting after exit (${ExitCode})` : Status;
}
