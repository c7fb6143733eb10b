import { rule } from '../../declaration/rule.ts';
import { portNumber } from '../../rules.ts';
import type { ListeningFacts, OneSocket } from '../facts/whole.ts';
import type { Matcher } from '../matcher.ts';
import { joined, listed } from '../words/found.ts';

/** A TCP port by its number; one of UDP as in `'udp/53'`. */
export type ListenedOn = number | `udp/${number}`;

const isPort = (value: unknown): boolean =>
  portNumber.safeParse(value).success ||
  (typeof value === 'string' && /^udp\/\d+$/.test(value) && portNumber.safeParse(Number(value.slice(4))).success);

const ports = rule<readonly ListenedOn[]>(
  {
    is: 'an array of ports that differ, with at least one in it',
    why: 'what listens on nothing is said with .none()',
    fix: "write it as in [8080, 'udp/53']",
  },
  value =>
    Array.isArray(value) && value.length > 0 && new Set(value).size === value.length && value.every(one => isPort(one)),
);

const keyOf = ({ protocol, port }: OneSocket): ListenedOn => (protocol === 'tcp' ? port : `udp/${port}`);

const spellPort = (on: ListenedOn): string => (typeof on === 'number' ? `port ${on}` : `UDP port ${on.slice(4)}`);

const spellSocket = (socket: OneSocket): string =>
  `${spellPort(keyOf(socket))} on ${socket.address}${socket.program === undefined ? '' : ` (${socket.program})`}`;

const found = ({ sockets }: ListeningFacts): string => listed(sockets.map(spellSocket), 'it listens on nothing');

const only: Matcher<ListeningFacts, [ports: readonly ListenedOn[]]> = {
  says: wanted => `listens on nothing but ${joined(wanted.map(spellPort))}`,
  denies: wanted => `listens on something else than ${joined(wanted.map(spellPort))}`,
  takes: [ports],
  holds: ({ sockets }, wanted) => sockets.every(socket => wanted.includes(keyOf(socket))),
  found,
};

const none: Matcher<ListeningFacts> = {
  says: () => 'listens on nothing',
  denies: () => 'listens on something',
  holds: ({ sockets }) => sockets.length === 0,
  found,
};

/** What can be said of all that a target listens on. */
export const listeningMatchers = {
  /** On these ports, or fewer, and on no others: `[8080, 'udp/53']`. */
  only,
  none,
};
