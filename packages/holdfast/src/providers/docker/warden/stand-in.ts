import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import { randomId } from '../../../kit/id.ts';
import { unless } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';
import { workshopLabel } from '../labels.ts';
import { inspected, keyOf, type Place, placesOf } from './members.ts';

/** On a container that takes dead members' addresses. Nothing listens in it, so that the kernel answers with resets. */
export const standInLabel = 'holdfast.stand-in';

/**
 * A container that waits to be put where a dead one was: to connect one that runs takes a tenth of what starting one
 * takes. It reads what this process never writes, and so ends when this process does, whatever ended it; the engine
 * then takes it away, and its addresses are free.
 */
export interface StandIn {
  readonly id: string;
  readonly isOver: boolean;
  /** Where it is at this moment. */
  readonly places: Map<string, Place>;
  end(): void;
}

/**
 * `image` is any that has `cat`. It has been on the network once when it is given: the first time that a container
 * joins one takes the engine ten times as long as the next.
 */
export async function newStandIn(host: DockerHost, image: string, network: string): Promise<StandIn> {
  const { docker } = host;
  const container = await docker.createContainer({
    name: `holdfast-stand-in-${randomId()}`,
    Image: image,
    Labels: { [standInLabel]: '', [workshopLabel]: '' },
    Entrypoint: ['cat'],
    Cmd: [],
    User: '65534:65534',
    OpenStdin: true,
    StdinOnce: true,
    HostConfig: {
      NetworkMode: 'bridge',
      AutoRemove: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      ReadonlyRootfs: true,
      PidsLimit: 16,
      Memory: 32 * 2 ** 20,
    },
  });
  const line = (await container.attach({ stream: true, stdin: true, stdout: true, hijack: true })) as unknown as Duplex;
  let isOver = false;
  const over = (): void => {
    isOver = true;
  };
  line.on('error', over).on('close', over).on('end', over).resume();
  await container.start();
  await host.attachments.together(() => docker.getNetwork(network).connect({ Container: container.id }));
  await disconnect(host, container.id, network);
  return {
    id: container.id,
    places: new Map(),
    get isOver() {
      return isOver;
    },
    end: () => line.destroy(),
  };
}

/** The places that stand-ins are at, of this process and of others, and their ids. */
export async function standInsAt(docker: Docker): Promise<ReadonlyMap<string, string>> {
  const all = await standIns(docker);
  return new Map(all.flatMap(found => placesOf(found).map(place => [keyOf(place), found.Id] as const)));
}

/** The addresses that are held so, on whichever network. */
export async function heldAddresses(docker: Docker): Promise<ReadonlySet<string>> {
  return new Set((await standIns(docker)).flatMap(placesOf).map(({ address }) => address));
}

const standIns = (docker: Docker) => inspected(docker, { label: [standInLabel] });

/** The place is its own from the beginning on: another that is looked for at the same moment is somebody else. */
export async function connect({ docker, attachments }: DockerHost, standIn: StandIn, place: Place): Promise<void> {
  const { network, address } = place;
  standIn.places.set(keyOf(place), place);
  try {
    await attachments.together(() =>
      docker.getNetwork(network).connect({
        Container: standIn.id,
        EndpointConfig: { IPAMConfig: { IPv4Address: address } },
      }),
    );
  } catch (error) {
    standIn.places.delete(keyOf(place));
    throw error;
  }
}

/** 404: it is gone, or the network is. */
export const disconnect = ({ docker, attachments }: DockerHost, id: string, network: string): Promise<unknown> =>
  attachments.alone(() => unless([404], () => docker.getNetwork(network).disconnect({ Container: id, Force: true })));
