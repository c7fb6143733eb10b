import ipaddr from 'ipaddr.js';
import type { InterfaceFacts, RouteFacts } from '../../../../model/assertion/facts/network.ts';
import type { NetworkTexts, Snapshot } from '../../../../ports/looking/snapshot.ts';
import type { Glance } from '../glance.ts';
import { notRead, textAt } from '../texts.ts';
import { addressInOrder, addressOf } from './addresses.ts';

interface Route {
  readonly to: string;
  readonly gateway?: string;
  readonly interface: string;
}

/** `default`, or a destination in CIDR form. */
export function routeIn({ network = notRead }: Snapshot, to: string): Glance<RouteFacts> {
  if (!('network' in network)) return network;
  const all = [...routes4(network.network.route), ...routes6(network.network.ipv6_route)];
  const wanted = to === 'default' ? to : network4or6(to);
  const found = all.find(route => route.to === wanted);
  if (!found) return { missing: `none leads there, but to ${all.map(route => route.to).join(', ') || 'nothing'}` };
  const { to: _, ...facts } = found;
  return { facts };
}

const network4or6 = (cidr: string): string => {
  const [, length] = ipaddr.parseCIDR(cidr);
  const first = cidr.includes(':')
    ? ipaddr.IPv6.networkAddressFromCIDR(cidr)
    : ipaddr.IPv4.networkAddressFromCIDR(cidr);
  return spell(first.toString(), length);
};

const spell = (address: string, length: number): string => (length === 0 ? 'default' : `${address}/${length}`);

const up = 0x1;
const rejects = 0x200;

const routes4 = (text: string): readonly Route[] =>
  table(text)
    .slice(1)
    .flatMap(([name = '', to = '', gateway = '', flags = '', , , , mask = '']) => {
      if (!isUsed(flags)) return [];
      const hop = addressOf(gateway);
      return [
        { to: spell(addressOf(to), lengthOf(mask)), ...(hop !== '0.0.0.0' && { gateway: hop }), interface: name },
      ];
    });

const routes6 = (text: string): readonly Route[] =>
  table(text).flatMap(([to = '', length = '', , , gateway = '', , , , flags = '', name = '']) => {
    if (!isUsed(flags) || name === 'lo') return [];
    const hop = addressInOrder(gateway);
    const at = spell(addressInOrder(to), Number.parseInt(length, 16));
    return [{ to: at, ...(hop !== '::' && { gateway: hop }), interface: name }];
  });

const isUsed = (flags: string): boolean => {
  const bits = Number.parseInt(flags, 16);
  return (bits & up) !== 0 && (bits & rejects) === 0;
};

const table = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .map(line => line.trim().split(/\s+/))
    .filter(([first]) => first !== '');

const lengthOf = (mask: string): number => ipaddr.IPv4.parse(addressOf(mask)).prefixLengthFromSubnetMask() ?? 32;

/** Where the kernel tells of an interface what /proc/net does not. */
export const interfaceFiles = (name: string): readonly string[] =>
  ['mtu', 'flags'].map(file => `/sys/class/net/${name}/${file}`);

export function interfaceIn(snapshot: Snapshot, name: string): Glance<InterfaceFacts> {
  const { network = notRead } = snapshot;
  if (!('network' in network)) return network;
  const names = table(network.network.dev)
    .slice(2)
    .map(([first = '']) => first.split(':')[0] ?? '');
  if (!names.includes(name)) return { missing: `there is none among ${names.join(', ')}` };
  const [mtu, flags] = interfaceFiles(name).map(path => textAt(snapshot, path));
  if (mtu === undefined || flags === undefined) return { elsewhere: `/sys tells nothing of ${name}` };
  const addresses = [...addresses4(network.network, name), ...addresses6(network.network.if_inet6, name)];
  return { facts: { up: (Number(flags) & up) !== 0, mtu: Number(mtu), addresses } };
}

const addresses6 = (text: string, name: string): readonly string[] =>
  table(text)
    .filter(row => row[5] === name)
    .map(([address = '', , length = '']) => `${addressInOrder(address)}/${Number.parseInt(length, 16)}`);

/** The kernel lists its own addresses without their interfaces: those are where the route to their neighbours leads. */
function addresses4({ fib_trie, route }: NetworkTexts, name: string): readonly string[] {
  const own = [
    ...new Set([...fib_trie.matchAll(/\|-- (\S+)\n\s+\/32 host LOCAL/g)].map(([, address = '']) => address)),
  ];
  const near = [...routes4(route).filter(one => !one.gateway && one.to !== 'default'), loopback];
  return own.flatMap(address => {
    const found = near.find(({ to }) => ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR(to)));
    return found?.interface === name ? [`${address}/${found.to.split('/')[1]}`] : [];
  });
}

const loopback: Route = { to: '127.0.0.0/8', interface: 'lo' };
