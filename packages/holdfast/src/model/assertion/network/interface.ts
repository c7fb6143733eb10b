import { wholeNumber } from '../../rules.ts';
import type { InterfaceFacts } from '../facts/network.ts';
import type { Matcher } from '../matcher.ts';
import { addressOrBlock } from '../words/address.ts';
import { listed } from '../words/found.ts';

const exists: Matcher<InterfaceFacts> = {
  says: () => 'exists',
  holds: () => true,
  found: ({ up }) => `there is one, and it is ${up ? 'up' : 'down'}`,
  isOfPresence: true,
};

const isUp: Matcher<InterfaceFacts> = {
  says: () => 'is up',
  holds: ({ up }) => up,
  found: ({ up }) => (up ? 'it is up' : 'it is down'),
};

const hasAddress: Matcher<InterfaceFacts, [address: string]> = {
  says: wanted => `has the address ${wanted}`,
  takes: [addressOrBlock],
  holds: ({ addresses }, wanted) => addresses.some(one => one === wanted || one.split('/')[0] === wanted),
  found: ({ addresses }) => listed(addresses, 'it has none'),
};

const hasMtu: Matcher<InterfaceFacts, [mtu: number]> = {
  says: mtu => `has MTU ${mtu}`,
  takes: [wholeNumber(68, 65_536, 'IPv4 asks for 68, and a loopback has 65536')],
  holds: ({ mtu }, wanted) => mtu === wanted,
  found: ({ mtu }) => `MTU ${mtu}`,
};

/** What can be said of an interface of the network. */
export const interfaceMatchers = {
  exists,
  isUp,
  /** `'10.0.0.5'`, or with its prefix: `'10.0.0.5/24'`. */
  hasAddress,
  hasMtu,
};
