import type { PortFacts } from '../../../../model/assertion/facts/network.ts';
import type { SubjectOf } from '../../../../model/spec/subject-spec.ts';
import type { Snapshot } from '../../../../ports/looking/snapshot.ts';
import type { Glance } from '../glance.ts';
import type { Scene } from '../scene.ts';
import { notRead } from '../texts.ts';
import { addressOf } from './addresses.ts';

/** A socket that waits for others. */
export interface Listening {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  readonly inode: string;
}

/** All sockets of a network namespace that wait for others. */
export function listeningIn({ network = notRead }: Snapshot): readonly Listening[] {
  if (!('network' in network)) return [];
  const { tcp, tcp6, udp, udp6 } = network.network;
  return [...socketsIn('tcp', '0A', tcp, tcp6), ...socketsIn('udp', '07', udp, udp6)];
}

const socketsIn = (protocol: Listening['protocol'], state: string, ...texts: readonly string[]): readonly Listening[] =>
  texts
    .flatMap(text => text.split('\n').slice(1))
    .map(line => line.trim().split(/\s+/))
    .filter(([, , , has]) => has === state)
    .map(([, local = '', , , , , , , , inode = '']) => {
      const [address = '', port = ''] = local.split(':');
      return { protocol, address: addressOf(address), port: Number.parseInt(port, 16), inode };
    });

export function portIn(scene: Scene, { port, protocol }: SubjectOf<'port'>): Glance<PortFacts> {
  const { snapshot, processes, listening } = scene;
  const { network = notRead } = snapshot;
  if (!('network' in network)) return network;
  const all = listening.filter(one => one.protocol === protocol);
  const found = all.filter(one => one.port === port);
  if (found.length === 0) return { missing: nothingListens(all) };
  const addresses = [...new Set(found.map(({ address }) => address))];
  const inodes = new Set(found.map(({ inode }) => inode));
  const holders = processes.filter(({ sockets }) => sockets.some(inode => inodes.has(inode)));
  const programs = [...new Set(holders.map(({ name }) => name))];
  const by = programs.length > 0 ? `${programs.join(', ')} listens` : 'it is listened';
  return { facts: { answer: `${by} on ${addresses.join(', ')}`, addresses, ...(programs.length > 0 && { programs }) } };
}

function nothingListens(all: readonly Listening[]): string {
  const ports = [...new Set(all.map(({ port }) => port))].toSorted((a, b) => a - b);
  return ports.length > 0 ? `nothing listens there, but on ${ports.join(', ')}` : 'nothing listens on any port';
}
