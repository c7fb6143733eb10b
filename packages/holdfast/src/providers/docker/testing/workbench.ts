import { Readable } from 'node:stream';
import { randomId } from '../../../kit/id.ts';
import { type Address, address } from '../../../model/address.ts';
import { engineName, type Scope } from '../../../model/identity.ts';
import type { Value } from '../../../model/value.ts';
import { isSecretValue, isText } from '../../../model/value.ts';
import type { InstanceDesire } from '../../../ports/desires.ts';
import type { Desired } from '../../../ports/provider.ts';
import type { Sources } from '../../../ports/sources.ts';
import { unlessGone } from '../host/calls.ts';
import { type ConnectOptions, connectDocker } from '../host/connect.ts';
import type { DockerHost } from '../host/host.ts';
import { dockerImages } from '../image/provider.ts';
import { referencesOf } from '../image/reference.ts';
import { insideDocker } from '../inside/instances.ts';
import { dockerInstances } from '../instance/provider.ts';
import { dockerNetworks } from '../network.ts';
import { dockerVolumes } from '../volume.ts';
import { takeInTinyImage, tinyRoot } from './tiny-image.ts';

export const secretValue = 'correct-horse-battery-staple';

export const reveal = (value: Value): string => {
  if (typeof value === 'string') return value;
  if (isSecretValue(value)) return secretValue;
  return isText(value) ? value.$text.map(reveal).join('') : '';
};

/** One system of its own on the engine of the machine, which takes all that it and its tests made away in the end. */
export async function openWorkbench(part: string, options: ConnectOptions = {}) {
  const host = await connectDocker(options);
  const scope: Scope = { system: `hfdocker-${part}-${randomId()}`, environment: 'test' };
  const image = `${scope.system}:tiny`;
  await takeInTinyImage(host.docker, image);
  return {
    host,
    scope,
    image,
    elsewhere: { ...scope, environment: 'other' },
    providers: (of: Scope = scope) => ({
      networks: dockerNetworks(host, of),
      volumes: dockerVolumes(host, of),
      images: dockerImages(host, of, tinySources),
      instances: dockerInstances(host, of, { reveal }),
    }),
    inside: insideDocker(host, scope),
    desire: <S>(kind: string, name: string, spec: S): Desired<S> => desire(scope, kind, name, spec),
    /** The name of something made by hand, so that it goes in the end. */
    handMade: (name: string) => `${scope.system}-${name}`,
    [Symbol.asyncDispose]: () => cleanUp(host, scope),
  };
}

export type Workbench = Awaited<ReturnType<typeof openWorkbench>>;

function desire<S>(scope: Scope, kind: string, name: string, spec: S): Desired<S> {
  const uid = randomId();
  const of: Address = address(kind, name);
  return { address: of, kind, engine: 'local', uid, name: engineName(scope, of, uid), spec };
}

/** The least that an instance is: it sleeps. */
export const sleeper = (image: string, spec: Partial<InstanceDesire> = {}): InstanceDesire => ({
  runs: 'always',
  image,
  networks: [],
  hostname: `host-${randomId()}`,
  command: ['sleep', '3600'],
  env: {},
  files: {},
  mounts: {},
  ports: [],
  publish: [],
  limits: { processes: 32 },
  restart: 'no',
  readOnly: false,
  capabilities: [],
  stopGrace: 1_000,
  ...spec,
});

/** A subnet that other tests on the engine will hardly have. */
export const randomSubnet = (): string => `10.${randomOctet()}.${randomOctet()}.0/24`;

const randomOctet = (): number => 100 + Math.floor(Math.random() * 150);

/** Where every image is the tiny one. */
export const tinySources: Sources = {
  fingerprint: async () => 'f'.repeat(64),
  open: async () => Readable.from([await tinyRoot()]),
};

async function cleanUp({ docker }: DockerHost, { system }: Scope): Promise<void> {
  const isOfTest = (name: string | undefined) => name?.includes(system) ?? false;
  const containers = (await docker.listContainers({ all: true })).filter(
    one => one.Names.some(isOfTest) || isOfTest(one.Image) || isOfTest(one.Labels['holdfast.system']),
  );
  // One by one: Engine 20.10 loses count of a network's endpoints when several leave at once, and then keeps it.
  for (const { Id } of containers) await unlessGone(() => docker.getContainer(Id).remove({ force: true, v: true }));
  const networks = (await docker.listNetworks()).filter(({ Name }) => isOfTest(Name));
  await Promise.all(networks.map(({ Id }) => docker.getNetwork(Id).remove()));
  const { Volumes } = await docker.listVolumes();
  const volumes = Volumes.filter(({ Name, Labels }) => isOfTest(Name) || isOfTest(Labels?.['holdfast.system']));
  await Promise.all(volumes.map(({ Name }) => docker.getVolume(Name).remove()));
  const images = (await docker.listImages()).filter(
    one => referencesOf(one).some(isOfTest) || isOfTest(one.Labels?.['holdfast.system']),
  );
  await removeImages(
    docker,
    images.map(({ Id }) => Id),
  );
}

/** What was built on another stands in its way, and may be of the same second. */
async function removeImages(docker: DockerHost['docker'], ids: readonly string[]): Promise<void> {
  const left: string[] = [];
  for (const id of ids) await unlessGone(() => docker.getImage(id).remove({ force: true })).catch(() => left.push(id));
  if (left.length > 0 && left.length < ids.length) await removeImages(docker, left);
}
