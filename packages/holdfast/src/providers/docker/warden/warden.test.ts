import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { randomId } from '../../../kit/id.ts';
import { labels } from '../../../model/identity.ts';
import { wardenConformance } from '../../../ports/conformance/warden.ts';
import { clusterLabel } from '../labels.ts';
import { openWorkbench, randomSubnet } from '../testing/workbench.ts';
import { dockerWarden } from './warden.ts';

wardenConformance('the warden of Docker', async () => {
  const bench = await openWorkbench('warden');
  const { host, scope } = bench;
  const { docker } = host;
  const subnet = randomSubnet();
  const network = bench.handMade('inner');
  await docker.createNetwork({
    Name: network,
    Internal: true,
    IPAM: { Driver: 'default', Config: [{ Subnet: subnet, IPRange: subnet.replace('/24', '/25') }] },
  });
  const addresses = new Map<string, string>();
  let next = 128;

  async function run(more: Readonly<Record<string, string>>): Promise<string> {
    next += 1;
    const address = subnet.replace(/0\/24$/, String(next));
    const uid = randomId();
    const container = await docker.createContainer({
      name: bench.handMade(uid),
      Image: bench.image,
      Cmd: ['sh', '-c', 'trap "exit 0" TERM; sleep 3600 & wait'],
      Labels: {
        [labels.uid]: uid,
        [labels.kind]: 'instance',
        [labels.system]: scope.system,
        [labels.environment]: scope.environment,
        [labels.bornAs]: `instance/db-${next}.1`,
        ...more,
      },
      HostConfig: { NetworkMode: network },
      NetworkingConfig: { EndpointsConfig: { [network]: { IPAMConfig: { IPv4Address: address } } } },
    });
    await container.start();
    addresses.set(container.id, address);
    return container.id;
  }

  return {
    open: () => dockerWarden(host, scope),
    member: () => run({ [clusterLabel]: 'db' }),
    strangers: async () => [
      await run({}),
      await run({ [clusterLabel]: 'db', [labels.environment]: 'other' }),
      await run({ [clusterLabel]: 'alone', [labels.bornAs]: 'instance/alone.1' }),
    ],
    kill: id => docker.getContainer(id).kill(),
    stop: id => docker.getContainer(id).stop({ t: 10 }),
    freeze: id => docker.getContainer(id).pause(),
    letComeBack: id => docker.getContainer(id).update({ RestartPolicy: { Name: 'always' } }),
    remove: id => docker.getContainer(id).remove({ force: true }),
    dial: id => dial(addresses.get(id) ?? ''),
    killedHolder: id => killedHolder(id, JSON.stringify(scope)),
    [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose](),
  };
});

async function dial(host: string): Promise<'refused' | 'silent'> {
  const socket = connect({ host, port: 5432, timeout: 3_000 });
  const refused = once(socket, 'connect').then(
    () => 'silent' as const,
    ({ code }) => (code === 'ECONNREFUSED' ? ('refused' as const) : ('silent' as const)),
  );
  const late = once(socket, 'timeout').then(() => 'silent' as const);
  return Promise.race([refused, late]).finally(() => socket.destroy());
}

async function killedHolder(id: string, scope: string): Promise<void> {
  const script = new URL('../testing/holder.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--conditions=holdfast-source', script, id, scope], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
}
