import { BlockList } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { randomId } from '../../../kit/id.ts';
import { Problem } from '../../../kit/problem.ts';
import type { Site } from '../../../ports/workshop.ts';
import { statusOf, unless } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';
import { workshopLabel } from '../labels.ts';
import { thisProcess } from './maker.ts';
import { openProxy } from './proxy.ts';
import type { Connection } from './room.ts';

/** What a work can reach of the world, and what it reached. */
export interface Outside extends AsyncDisposable {
  readonly connection: Connection;
  readonly contacted: ReadonlySet<string>;
}

export const openOutside = (host: DockerHost, site: Site): Promise<Outside> =>
  site.network ? byProxy(host) : Promise.resolve(nowhere);

const nowhere: Outside = {
  connection: { network: 'none', env: {} },
  contacted: new Set(),
  [Symbol.asyncDispose]: async () => {},
};

/** A network of its own without a way out: what it reaches is this machine, on the one address where the proxy listens. */
async function byProxy(host: DockerHost): Promise<Outside> {
  if (host.reach !== 'direct') throw notFromHere(host);
  await using undo = new AsyncDisposableStack();
  const network = await host.docker.createNetwork({
    Name: `holdfast-workshop-${randomId()}`,
    Internal: true,
    Labels: { [workshopLabel]: thisProcess() },
  });
  undo.defer(() => removeNetwork(network));
  const { gateway, holds } = placeOf((await network.inspect()) as Inspected);
  const proxy = undo.use(await openProxy(gateway, holds));
  const leave = undo.move();
  return {
    connection: { network: network.id, env: toldOf(`http://${gateway}:${proxy.port}`) },
    contacted: proxy.contacted,
    [Symbol.asyncDispose]: () => leave.disposeAsync(),
  };
}

interface Block {
  readonly Subnet?: string;
  readonly Gateway?: string;
}

interface Inspected {
  readonly IPAM?: { readonly Config?: readonly Block[] | undefined } | undefined;
}

/** Nobody but the container is in the subnet; this machine has the gateway's address. */
function placeOf({ IPAM }: Inspected) {
  const { Subnet = '', Gateway = '' } = IPAM?.Config?.find(({ Subnet }) => Subnet?.includes('.')) ?? {};
  const [base = '', bits] = Subnet.split('/');
  const gateway = Gateway.split('/')[0] ?? '';
  const subnet = new BlockList();
  subnet.addSubnet(base, Number(bits), 'ipv4');
  return { gateway, holds: (from: string) => from !== gateway && subnet.check(from, 'ipv4') };
}

function toldOf(proxy: string): Record<string, string> {
  const names = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];
  const local = 'localhost,127.0.0.1';
  return { ...Object.fromEntries(names.map(name => [name, proxy])), no_proxy: local, NO_PROXY: local };
}

/** Until the engine has taken the container away, it is in use. */
async function removeNetwork(network: { remove(): Promise<unknown> }, triesLeft = 100): Promise<void> {
  try {
    await unless([404], () => network.remove());
  } catch (error) {
    if (statusOf(error) !== 403 || triesLeft === 0) throw error;
    await pause(100);
    await removeNetwork(network, triesLeft - 1);
  }
}

const notFromHere = ({ engine }: DockerHost): Problem =>
  new Problem({
    what: `a step asks for the network, and engine ${engine} is not on this machine`,
    why: 'the proxy that records which hosts are contacted can be reached from containers on the same machine alone',
    fix: 'bake on a Linux machine with a Docker Engine of its own; or fetch what the step needs beforehand and copy it',
  });
