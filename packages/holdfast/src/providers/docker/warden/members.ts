import type Docker from 'dockerode';
import { nameIn } from '../../../model/address.ts';
import { labels, type Scope } from '../../../model/identity.ts';
import type { Member } from '../../../ports/warden.ts';
import { unlessGone } from '../host/calls.ts';
import { birthOf, clusterLabel } from '../labels.ts';

type Found = Docker.ContainerInspectInfo;

/** The filter that finds all members of an environment. */
export const membersOf = ({ system, environment }: Scope): { label: string[] } => ({
  label: [clusterLabel, `${labels.system}=${system}`, `${labels.environment}=${environment}`],
});

/** The containers with the labels, looked at closely. Those that go meanwhile are not there. */
export async function inspected(docker: Docker, filters: { label: string[] }): Promise<readonly Found[]> {
  const listed = await docker.listContainers({ all: true, filters });
  const found = await Promise.all(listed.map(({ Id }) => unlessGone(() => docker.getContainer(Id).inspect())));
  return found.filter(one => one !== undefined);
}

/**
 * `held` are places that something else answers at. Undefined for what is no member of the scope: a server alone, which
 * has its database's own name, has nobody to take over from it, and its engine starts it again.
 */
export function memberOf(found: Found, scope: Scope, held: ReadonlySet<string>): Member | undefined {
  const { Id, State, HostConfig, Config } = found;
  const birth = birthOf('instance', Config.Labels, scope);
  const cluster = Config.Labels[clusterLabel];
  const name = birth && nameIn(birth.bornAs).replace(/\.\d+$/, '');
  if (name === undefined || cluster === undefined || !isNumbered(name, cluster)) return undefined;
  return {
    id: Id,
    cluster,
    name,
    life: lifeOf(State),
    comesBack: !['', 'no'].includes(HostConfig.RestartPolicy?.Name ?? ''),
    inOrder: inOrder.has(State.ExitCode),
    ended: isOver(State) ? Date.parse(State.FinishedAt) : 0,
    isHeld: placesOf(found).some(place => held.has(keyOf(place))),
  };
}

const isNumbered = (name: string, cluster: string): boolean =>
  /^-\d+$/.test(name.slice(cluster.length)) && name.startsWith(cluster);

/** Of a program that ends when it is asked to: by itself, or by the signal that asks. */
const inOrder: ReadonlySet<number> = new Set([0, 143]);

function lifeOf(state: Found['State']): Member['life'] {
  if (state.Status === 'created') return 'unborn';
  return isOver(state) ? 'dead' : 'alive';
}

/** All that the engine says must say so. */
const isOver = ({ Status, Running, Paused, Restarting, Pid }: Found['State']): boolean =>
  ['exited', 'dead'].includes(Status) && !(Running || Paused || Restarting) && Pid === 0;

/** A network, and an address on it. */
export interface Place {
  readonly network: string;
  readonly address: string;
}

export const keyOf = ({ network, address }: Place): string => `${network} ${address}`;

/** The addresses that a container was given for life. */
export const placesOf = ({ NetworkSettings }: Found): readonly Place[] =>
  Object.values(NetworkSettings.Networks).flatMap(({ NetworkID, IPAMConfig }) => {
    const address = (IPAMConfig as { IPv4Address?: string } | null)?.IPv4Address;
    return NetworkID && address ? [{ network: NetworkID, address }] : [];
  });
