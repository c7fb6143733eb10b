import type { PortFacts } from '../facts/network.ts';
import type { Matcher } from '../matcher.ts';
import { address } from '../words/address.ts';
import { listed } from '../words/found.ts';
import { name } from '../words/given.ts';

const listens: Matcher<PortFacts> = {
  says: () => 'listens',
  holds: () => true,
  found: ({ answer }) => answer,
  isOfPresence: true,
};

const bound = ({ addresses = [] }: PortFacts): string => listed(addresses, 'it is bound to nothing');

const listensOn: Matcher<PortFacts, [address: string]> = {
  says: wanted => `listens on ${wanted}`,
  takes: [address],
  holds: ({ addresses = [] }, wanted) => addresses.includes(wanted),
  found: bound,
  reads: 'addresses',
};

const listensToItselfAlone: Matcher<PortFacts> = {
  says: () => 'listens to its own machine alone',
  holds: ({ addresses = [] }) => addresses.every(one => /^127\.|^::1$|^::ffff:127\./.test(one)),
  found: bound,
  reads: 'addresses',
};

const isHeldBy: Matcher<PortFacts, [program: string]> = {
  says: program => `is held by ${program}`,
  takes: [name],
  holds: ({ programs = [] }, program) => programs.includes(program),
  found: ({ programs = [] }) => listed(programs, 'nobody knows by whom'),
  reads: 'programs',
};

/** What can be said of a port of the target. */
export const portMatchers = {
  /** It takes connections. */
  listens,
  /** It is bound to this address: `'0.0.0.0'`, `'127.0.0.1'`. */
  listensOn,
  /** It is bound to loopback addresses and to no others. */
  listensToItselfAlone,
  /** A program of this name. */
  isHeldBy,
};
