import { sha256 } from '../../kit/hash.ts';
import { randomId } from '../../kit/id.ts';
import { type ProviderBench, providerConformance } from '../../ports/conformance/provider.ts';
import type { ImageDesire, InstanceDesire, NetworkDesire, VolumeDesire } from '../../ports/desires.ts';
import type { Desired } from '../../ports/provider.ts';
import { nameAndTag } from './image/reference.ts';
import type { DockerImageState } from './image/seen.ts';
import { give } from './instance/birth.ts';
import type { DockerInstanceState } from './instance/state.ts';
import type { DockerNetworkState } from './network.ts';
import { takeInTinyImage } from './testing/tiny-image.ts';
import { openWorkbench, randomSubnet, reveal, sleeper, type Workbench } from './testing/workbench.ts';
import type { DockerVolumeState } from './volume.ts';

const dispose = (bench: Workbench) => ({ [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose]() });

async function networkBench(): Promise<ProviderBench<NetworkDesire, DockerNetworkState>> {
  const bench = await openWorkbench('net');
  const { docker } = bench.host;
  return {
    provider: bench.providers().networks,
    scope: bench.scope,
    elsewhere: { provider: bench.providers(bench.elsewhere).networks, scope: bench.elsewhere },
    desired: () => {
      const subnet = randomSubnet();
      return bench.desire('network', 'lan', { subnet, internal: false, range: subnet.replace('/24', '/25') });
    },
    stranger: async () =>
      (await docker.createNetwork({ Name: bench.handMade(randomId()), IPAM: { Config: [{ Subnet: randomSubnet() }] } }))
        .id,
    crashes: {},
    drifts: {
      'deleted by hand': { inflict: ({ id }) => docker.getNetwork(id).remove() },
    },
    ...dispose(bench),
  };
}

async function volumeBench(): Promise<ProviderBench<VolumeDesire, DockerVolumeState>> {
  const bench = await openWorkbench('vol');
  const { docker } = bench.host;
  return {
    provider: bench.providers().volumes,
    scope: bench.scope,
    elsewhere: { provider: bench.providers(bench.elsewhere).volumes, scope: bench.elsewhere },
    desired: () => bench.desire('volume', 'data', {}),
    stranger: async () => {
      const name = bench.handMade(randomId());
      await docker.createVolume({ Name: name });
      return name;
    },
    crashes: {},
    drifts: {
      'deleted by hand': { inflict: ({ id }) => docker.getVolume(id).remove() },
    },
    ...dispose(bench),
  };
}

async function imageBench(): Promise<ProviderBench<ImageDesire, DockerImageState>> {
  const bench = await openWorkbench('img');
  const { docker } = bench.host;
  const provider = bench.providers().images;
  const untag = ({ spec }: Desired<ImageDesire>, id: string) => untagged(docker, spec.reference, id);
  return {
    provider,
    scope: bench.scope,
    elsewhere: { provider: bench.providers(bench.elsewhere).images, scope: bench.elsewhere },
    desired: () => {
      const inputs = sha256(randomId());
      const reference = `holdfast/${bench.scope.system}/test/web:${inputs.slice(0, 12)}`;
      return bench.desire('image', 'web', { source: { from: 'archive', path: 'root.tar' }, inputs, reference });
    },
    stranger: async () => {
      const reference = `${bench.handMade(randomId())}:1`;
      await takeInTinyImage(docker, reference);
      return (await docker.getImage(reference).inspect()).Id;
    },
    crashes: {
      'made, not yet tagged': async desired => {
        await untag(desired, (await provider.ensure(desired, undefined, AbortSignal.timeout(30_000))).id);
      },
    },
    drifts: {
      'untagged by hand': { inflict: ({ id }, desired) => untag(desired, id), aspect: 'tag' },
      'tagged away by hand': {
        inflict: async ({ id }, desired) => {
          await docker.getImage(id).tag({ repo: bench.handMade('copy'), tag: randomId() });
          await docker.getImage(bench.image).tag(nameAndTag(desired.spec.reference));
        },
      },
      'deleted by hand': { inflict: ({ id }) => docker.getImage(id).remove({ force: true }) },
    },
    ...dispose(bench),
  };
}

/** Takes the last tag away and leaves the image: the engine removes untagged ones that nothing holds. */
async function untagged(docker: Workbench['host']['docker'], reference: string, id: string): Promise<void> {
  const holder = await docker.createContainer({ Image: id, Cmd: ['sleep', '60'] });
  await holder.start();
  await docker.getImage(reference).remove({ force: true });
  await holder.remove({ force: true });
}

async function instanceBench(): Promise<ProviderBench<InstanceDesire, DockerInstanceState>> {
  const bench = await openWorkbench('ins');
  const { docker } = bench.host;
  const signal = AbortSignal.timeout(600_000);
  const network = (name: string) => bench.desire('network', name, { subnet: randomSubnet(), internal: false });
  const [lan, wan] = [network('lan'), network('wan')];
  for (const one of [lan, wan]) await bench.providers().networks.ensure(one, undefined, signal);
  const delivery = { host: bench.host, scope: bench.scope, reveal };
  const container = ({ id }: { id: string }) => docker.getContainer(id);
  const memory = 32 * 2 ** 20;
  return {
    provider: bench.providers().instances,
    scope: bench.scope,
    elsewhere: { provider: bench.providers(bench.elsewhere).instances, scope: bench.elsewhere },
    desired: () =>
      bench.desire(
        'instance',
        'web.1',
        sleeper(bench.image, {
          networks: [
            { name: lan.name, aliases: ['web'] },
            { name: wan.name, aliases: ['web'] },
          ],
          files: {
            '/run/secrets/key': { content: { value: { $secret: 'key' }, seal: 'a1' }, mode: '0400', owner: '7:8' },
          },
          limits: { memory, cpu: 500, processes: 32 },
          restart: 'always',
        }),
      ),
    stranger: async () =>
      (await docker.createContainer({ name: bench.handMade(randomId()), Image: bench.image, Cmd: ['sleep', '60'] })).id,
    crashes: {
      'created, not yet on its second network': async desired => void (await give(desired, delivery)),
      'on its networks, not yet started': async desired => {
        const id = await give(desired, delivery);
        await docker.getNetwork(wan.name).connect({ Container: id, EndpointConfig: { Aliases: ['web'] } });
      },
    },
    drifts: {
      'stopped by hand': { inflict: seen => container(seen).stop(), aspect: 'status' },
      'killed by hand': { inflict: seen => container(seen).kill(), aspect: 'status' },
      'paused by hand': { inflict: seen => container(seen).pause(), aspect: 'status' },
      'renamed by hand': {
        inflict: seen => container(seen).rename({ name: bench.handMade(randomId()) }),
        aspect: 'name',
      },
      'memory limit changed by hand': {
        inflict: seen => container(seen).update({ Memory: 2 * memory, MemorySwap: 2 * memory }),
        aspect: 'memory limit',
      },
      'swap allowed by hand': { inflict: seen => container(seen).update({ MemorySwap: -1 }), aspect: 'swap limit' },
      'processor limit changed by hand': {
        inflict: seen => container(seen).update({ NanoCpus: 1e9 }),
        aspect: 'cpu limit',
      },
      'process limit changed by hand': {
        inflict: seen => container(seen).update({ PidsLimit: 99 }),
        aspect: 'process limit',
      },
      'restart policy changed by hand': {
        inflict: seen => container(seen).update({ RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } }),
        aspect: 'restart policy',
      },
      'a limit set by hand that was not declared': {
        inflict: seen => container(seen).update({ CpuShares: 512 }),
        aspect: 'CpuShares',
      },
      'disconnected by hand': {
        inflict: ({ id }) => docker.getNetwork(lan.name).disconnect({ Container: id }),
        aspect: /^network .*lan/,
      },
      'connected to another network by hand': {
        inflict: ({ id }) => docker.getNetwork('bridge').connect({ Container: id }),
        aspect: 'network bridge',
      },
      'reconnected by hand without its alias': {
        inflict: async ({ id }) => {
          await docker.getNetwork(wan.name).disconnect({ Container: id });
          await docker.getNetwork(wan.name).connect({ Container: id });
        },
        aspect: /^network .*wan/,
      },
      'deleted by hand': { inflict: seen => container(seen).remove({ force: true }) },
    },
    ...dispose(bench),
  };
}

providerConformance('the network of Docker', networkBench);
providerConformance('the volume of Docker', volumeBench);
providerConformance('the image of Docker', imageBench);
providerConformance('the instance of Docker', instanceBench);
