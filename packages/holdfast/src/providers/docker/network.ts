import { setTimeout as pause } from 'node:timers/promises';
import type Docker from 'dockerode';
import ipaddr from 'ipaddr.js';
import { Problem } from '../../kit/problem.ts';
import type { Scope } from '../../model/identity.ts';
import type { NetworkDesire, NetworkState } from '../../ports/desires.ts';
import type { Desired, Difference, Provider, Seen } from '../../ports/provider.ts';
import { attempt, statusOf, unlessGone } from './host/calls.ts';
import type { DockerHost } from './host/host.ts';
import { birthOf, isOfWorkshop, refuseReplacement, stamp, strangerOf, withUid } from './labels.ts';

export interface DockerNetworkState extends NetworkState {
  readonly internal: boolean;
  /** What it hands out addresses of, where that is not all of the subnet. */
  readonly range?: string;
}

type Found = Docker.NetworkInspectInfo;

const predefined = new Set(['bridge', 'host', 'none', 'ingress', 'docker_gwbridge']);

/** Bridge networks of one engine. */
export function dockerNetworks(host: DockerHost, scope: Scope): Provider<NetworkDesire, DockerNetworkState> {
  const { docker } = host;
  const read = async (uid: string): Promise<Found | undefined> =>
    (await docker.listNetworks({ filters: withUid(uid) })).find(({ Labels }) => birthOf('network', Labels, scope));

  return {
    kind: 'network',

    observe: asked =>
      attempt('the networks of the engine can not be listed', async () => {
        const found = await docker.listNetworks();
        return found.map(one => toSeen(host, one, asked)).filter(isOfConcern);
      }),

    differences,

    ensure: (desired, _seen, signal) =>
      attempt(`network ${desired.name} can't be brought about`, async () => {
        signal.throwIfAborted();
        if (!(await read(desired.uid))) await create(docker, desired, scope);
        const found = await read(desired.uid);
        if (!found) throw new Problem({ what: `network ${desired.name} is gone the moment it was there`, retry: true });
        const seen = toSeen(host, found, scope);
        refuseReplacement(desired, differences(desired, seen));
        return seen;
      }),

    remove: async seen => {
      await attempt(`network ${seen.name} can't be removed`, () =>
        unlessGone(() => docker.getNetwork(seen.id).remove()).catch(error => nameUsers(docker, seen, error)),
      );
    },
  };
}

async function create(docker: Docker, desired: Desired<NetworkDesire>, scope: Scope): Promise<void> {
  try {
    await docker.createNetwork({
      Name: desired.name,
      // Engines up to 24 take two networks of one name unless asked not to.
      CheckDuplicate: true,
      Driver: 'bridge',
      Internal: desired.spec.internal,
      IPAM: { Driver: 'default', Config: [ipamOf(desired.spec)] },
      Labels: stamp(desired, scope),
    });
  } catch (error) {
    if (!(await appears(docker, desired, scope))) throw error;
  }
}

const ipamOf = ({ subnet, range }: NetworkDesire) => ({ Subnet: subnet, ...(range && { IPRange: range }) });

/** Another run of ours that is quicker takes the subnet at once, and is to be seen a moment later. */
async function appears(docker: Docker, desired: Desired, scope: Scope, triesLeft = 10): Promise<boolean> {
  if (await isThere(docker, desired, scope)) return true;
  if (triesLeft === 0) return false;
  await pause(100);
  return appears(docker, desired, scope, triesLeft - 1);
}

async function isThere(docker: Docker, { name, uid }: Desired, scope: Scope): Promise<boolean> {
  const namesake = await unlessGone(() => docker.getNetwork(name).inspect());
  if (!namesake || birthOf('network', namesake.Labels, scope)?.uid === uid) return namesake !== undefined;
  throw new Problem({
    what: `network ${name} can't be created: there is one of that name that is not ours`,
    where: `network ${name} (${namesake.Id.slice(0, 12)})`,
    fix: `remove it: docker network rm ${name}`,
  });
}

/** Why a network won't go, by the names of the containers on it. */
async function nameUsers(docker: Docker, seen: Seen, error: unknown): Promise<never> {
  const found = await unlessGone(() => docker.getNetwork(seen.id).inspect());
  const users = Object.values(found?.Containers ?? {}).map(({ Name }) => Name);
  if (users.length === 0) throw statusOf(error) === 403 ? lostCount(seen, error) : error;
  throw new Problem({
    what: `network ${seen.name} can't be removed: ${users.join(', ')} ${users.length === 1 ? 'is' : 'are'} on it`,
    why: 'a network with containers on it stays, and these are not ours to remove',
    fix: `remove or disconnect them: docker network disconnect ${seen.name} ${users[0]}`,
    cause: error,
  });
}

const lostCount = ({ name }: Seen, cause: unknown): Problem =>
  new Problem({
    what: `network ${name} can't be removed: the engine says that something is on it, and shows nothing`,
    why: 'engines can lose count of what is on a network, and count anew when they start',
    fix: 'restart the engine (systemctl restart docker), then do the same again',
    cause,
  });

function toSeen({ engine }: DockerHost, found: Found, scope: Scope): Seen<DockerNetworkState> {
  const birth = birthOf('network', found.Labels, scope);
  const about = `network ${found.Name}`;
  const range = found.IPAM?.Config?.find(({ IPRange }) => IPRange)?.IPRange;
  return {
    kind: 'network',
    engine,
    id: found.Id,
    name: found.Name,
    ...(birth && { birth }),
    state: {
      subnets: (found.IPAM?.Config ?? []).flatMap(({ Subnet }) => Subnet ?? []),
      internal: found.Internal,
      ...(range && { range }),
      ...((predefined.has(found.Name) || isOfWorkshop(found)) && { predefined: true }),
    },
    ...(birth ? { about } : strangerOf('network', found.Labels, about)),
  };
}

/** What the engine made for itself matters only for the addresses that it takes. */
const isOfConcern = ({ state }: Seen<DockerNetworkState>): boolean => !state.predefined || state.subnets.length > 0;

function differences(desired: Desired<NetworkDesire>, { state }: Seen<DockerNetworkState>): readonly Difference[] {
  const wanted = desired.spec;
  const found = state.subnets.map(canonicalSubnet);
  return [
    ...(found.includes(canonicalSubnet(wanted.subnet)) && found.length === 1
      ? []
      : [another('subnet', found.join(', ') || 'none', wanted.subnet)]),
    ...(state.internal === wanted.internal
      ? []
      : [another('way out', wayOut(state.internal), wayOut(wanted.internal))]),
    ...(state.range === wanted.range
      ? []
      : [another('addresses to hand out', handedOut(state.range), handedOut(wanted.range))]),
  ];
}

const another = (aspect: string, found: string, wanted: string): Difference => ({
  aspect,
  found,
  wanted,
  mend: 'replace',
});

const wayOut = (internal: boolean): string => (internal ? 'none (internal)' : 'open');

const handedOut = (range: string | undefined): string => range ?? 'all of the subnet';

/** `10.1.2.3/24` and `10.1.2.0/24` are the same network. */
const canonicalSubnet = (subnet: string): string =>
  ipaddr.IPv4.isValidCIDR(subnet)
    ? `${ipaddr.IPv4.networkAddressFromCIDR(subnet).toString()}/${subnet.split('/')[1]}`
    : subnet;
