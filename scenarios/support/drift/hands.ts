import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { tinyRoot } from '../../../packages/holdfast/src/providers/docker/testing/tiny-image.ts';
import { inspectedOf } from '../inspected.ts';
import { docker, labelled, type Project } from '../project.ts';

/** What a person does to a system past Holdfast, with `docker …`. */
export interface Hands {
  readonly project: Project;
  /** By its place, as in `web.1`. */
  container(place: string): Promise<Docker.Container>;
  /** By the name that the code gives it. */
  network(name: string): Promise<Docker.Network>;
  /** The reference of an image, by the name that the code gives it. */
  reference(image: string): Promise<string>;
  /** A name for something made by hand. */
  own(name: string): string;
}

export const handsOn = (project: Project): Hands => ({
  project,
  container: async place => docker.getContainer(await idOf(project, `instance/${place}`)),
  network: async name => docker.getNetwork(await networkId(project, name)),
  reference: async image => (await imageOf(project, image)).Labels['holdfast.reference'] ?? '',
  own: name => `${project.name}-by-hand-${name}`,
});

async function idOf(project: Project, address: string): Promise<string> {
  const found = (await inspectedOf(project)).filter(
    ({ Config: { Labels } }) => Labels['holdfast.kind'] === 'instance' && Labels['holdfast.born-as'] === address,
  );
  return only(address, found).Id;
}

async function networkId(project: Project, name: string): Promise<string> {
  const { networks } = await labelled(project.name);
  const found = networks.filter(({ Labels }) => Labels?.['holdfast.born-as'] === `network/${name}`);
  return only(`network ${name}`, found).Id ?? '';
}

async function imageOf(project: Project, name: string): Promise<Docker.ImageInfo> {
  const { images } = await labelled(project.name);
  return only(
    `image ${name}`,
    images.filter(({ Labels }) => Labels?.['holdfast.born-as'] === `image/${name}`),
  );
}

function only<T>(what: string, found: readonly T[]): T {
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${found.length} of ${what} are there, not 1`);
  return first;
}

/** As `docker network rm`, which asks for the containers to be taken off it first. */
export async function deleteUnderIts(network: Docker.Network): Promise<void> {
  const { Containers } = (await network.inspect()) as { Containers?: Record<string, unknown> };
  for (const Container of Object.keys(Containers ?? {})) await network.disconnect({ Container, Force: true });
  await network.remove();
}

/** As `docker rmi -f` while containers run on it: the image stays, without a name. */
export const untag = (reference: string): Promise<unknown> => docker.getImage(reference).remove({ force: true });

/** As `docker import` under a name that another image has: that one is left without. */
export async function takeItsTag(reference: string, byOwnName: string): Promise<void> {
  const [repo, tag] = reference.split(':');
  const stream = await docker.importImage(Readable.from([await tinyRoot()]), { repo, tag, message: 'not ours' });
  await new Promise((resolve, reject) => stream.on('end', resolve).on('error', reject).resume());
  await docker.getImage(reference).tag({ repo: byOwnName, tag: '1' });
}

/** As `docker run -d` on a network of ours. */
export async function runOn(network: Docker.Network, image: string, name: string): Promise<void> {
  const container = await docker.createContainer({
    name,
    Image: image,
    Cmd: ['sleep', '86400'],
    HostConfig: { NetworkMode: network.id },
  });
  await container.start();
}
