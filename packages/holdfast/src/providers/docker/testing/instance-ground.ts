import { freePort } from '../../../kit/testing/free-port.ts';
import type { InstanceDesire } from '../../../ports/desires.ts';
import type { Desired, Seen } from '../../../ports/provider.ts';
import type { DockerInstanceState } from '../instance/state.ts';
import { openWorkbench, randomSubnet, sleeper, type Workbench } from './workbench.ts';

const signal = new AbortController().signal;

/** A workbench with a network, and what tests of instances keep asking of it. */
export async function openInstanceGround(part: string) {
  const bench = await openWorkbench(part);
  const { networks, instances } = bench.providers();
  const lan = bench.desire('network', 'lan', { subnet: randomSubnet(), internal: false });
  await networks.ensure(lan, undefined, signal);
  return {
    bench,
    networks,
    instances,
    lan,
    web: (spec: Partial<InstanceDesire> = {}) => bench.desire('instance', 'web.1', sleeper(bench.image, spec)),
    rich: () => rich(bench, lan.name),
    start: (desired: Desired<InstanceDesire>) => instances.ensure(desired, undefined, signal),
    differences: (desired: Desired<InstanceDesire>, seen: Seen<DockerInstanceState>) =>
      instances.differences(desired, seen),
    observed: async ({ uid }: Desired): Promise<Seen<DockerInstanceState>> => {
      const found = (await instances.observe(bench.scope)).find(({ birth }) => birth?.uid === uid);
      if (!found) throw new Error(`${uid} is not there`);
      return found;
    },
    read: async (seen: Seen, command: string) => (await bench.inside.run(seen, ['sh', '-c', command])).stdout.trim(),
  };
}

export type InstanceGround = Awaited<ReturnType<typeof openInstanceGround>>;

/** An instance that declares all that there is to declare. */
async function rich(bench: Workbench, network: string): Promise<Desired<InstanceDesire>> {
  const data = bench.desire('volume', 'data', {});
  await bench.providers().volumes.ensure(data, undefined, signal);
  const key = { value: { $secret: 'key' }, seal: 'seal-of-key' };
  const spec: Partial<InstanceDesire> = {
    networks: [{ name: network, aliases: ['web', 'host-rich'] }],
    hostname: 'host-rich',
    entrypoint: ['sh', '-c'],
    command: ['httpd -f -p 8080 -h /srv'],
    workdir: '/tmp',
    user: '1000:1000',
    env: {
      PLAIN: { value: 'a=b c' },
      JOINED: { value: { $text: ['postgres://', 'db'] } },
      KEY: { ...key, value: { $text: ['key:', key.value] } },
    },
    files: {
      '/run/secrets/key': { content: key, mode: '0440', owner: '0:1000' },
      '/etc/shop/deep/shop.conf': { content: { value: 'colour=blue' }, mode: '0644', owner: '1000:1000' },
    },
    mounts: { '/srv': data.name },
    reads: { '/archive': data.name },
    ports: [8080, 443, 80],
    publish: [
      { port: 80, hostAddress: '127.0.0.1', hostPort: await freePort() },
      { port: 443, hostAddress: '127.0.0.1', hostPort: await freePort() },
    ],
    limits: { memory: 64 * 2 ** 20, cpu: 250, processes: 20 },
    restart: 'on-failure',
    readOnly: true,
    capabilities: ['NET_BIND_SERVICE', 'CHOWN'],
    stopGrace: 2_500,
  };
  return bench.desire('instance', 'web.1', sleeper(bench.image, spec));
}
