import type Docker from 'dockerode';
import { exitCode, Problem } from '../../../kit/problem.ts';
import type { Seen } from '../../../ports/provider.ts';
import { attempt, unlessGone } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';
import { spellStatus } from '../instance/reading.ts';

export interface Place {
  readonly host: string;
  readonly port: number;
}

/** Where a port of a running instance can be dialled from here. */
export async function reach(host: DockerHost, instance: Seen, port: number): Promise<Place> {
  const found = await attempt(`container ${instance.name} can't be looked at`, () =>
    unlessGone(() => host.docker.getContainer(instance.id).inspect()),
  );
  if (!found) throw outOfReach(instance, port, 'it is gone');
  if (found.State.Status !== 'running') throw outOfReach(instance, port, `it is ${spellStatus(found.State)}`);
  const place = host.reach === 'direct' ? ownPlace(found, port) : publishedPlace(found, port);
  if (place) return place;
  throw outOfReach(instance, port, missing[host.reach], 'replace the instance: plan again after a change to it');
}

/** The address on the first of its networks. */
function ownPlace({ HostConfig, NetworkSettings }: Docker.ContainerInspectInfo, port: number): Place | undefined {
  const { [HostConfig.NetworkMode ?? '']: first, ...others } = NetworkSettings.Networks;
  const address = [first, ...Object.values(others)].find(network => network?.IPAddress)?.IPAddress;
  return address ? { host: address, port } : undefined;
}

function publishedPlace({ NetworkSettings }: Docker.ContainerInspectInfo, port: number): Place | undefined {
  const [binding] = NetworkSettings.Ports[`${port}/tcp`] ?? [];
  return binding && { host: '127.0.0.1', port: Number(binding.HostPort) };
}

const missing = {
  direct: 'it is on no network',
  published: 'it was created without a port of 127.0.0.1 for it, or its network is internal',
} as const;

const outOfReach = (instance: Seen, port: number, why: string, fix?: string): Problem =>
  new Problem({
    what: `port ${port} of ${instance.name} can't be reached`,
    why,
    ...(fix && { fix }),
    exit: exitCode.unreachable,
  });
