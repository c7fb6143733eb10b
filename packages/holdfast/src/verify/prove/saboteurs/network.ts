import { quote } from '../../../kit/shell-words.ts';
import { listener } from '../deeds/listener.ts';
import { idle, line, type Sabotage, start, unproven } from '../sabotage.ts';
import type { Saboteur, SaboteursOf } from '../saboteur.ts';

type OnPort<A extends readonly string[] = []> = Saboteur<'port', A>;

/** In place of the service, whose port it may be. */
const instead = (...parts: readonly string[]): Sabotage => ({ start: idle, ...line(...parts) });

const listens: OnPort = { claimed: () => start(idle), denied: of => line(listener(of)) };

export const portSaboteurs: SaboteursOf<'port'> = {
  listens,
  listensOn: { claimed: listens.claimed, denied: (of, address) => instead(listener({ ...of, address })) },
  listensToItselfAlone: {
    claimed: of => instead(listener(of)),
    denied: of => instead(listener({ ...of, address: '127.0.0.1' })),
  },
  isHeldBy: {
    claimed: listens.claimed,
    denied: () => unproven('no other program can hold a port under its name'),
  },
};

/** One that is not among those. */
const otherPort = (ports: readonly unknown[]): number =>
  [9_229, 9_230, ...Array.from({ length: 100 }, (_, index) => 20_001 + index)].find(port => !ports.includes(port)) ??
  20_000;

export const listeningSaboteurs: SaboteursOf<'listening'> = {
  only: { claimed: (_, ports) => line(listener({ port: otherPort(ports) })), denied: () => start(idle) },
  none: { claimed: () => line(listener({ port: otherPort([]) })), denied: () => start(idle) },
};

const networking = { may: 'NET_ADMIN' } as const;

const ip = (...words: readonly string[]): Sabotage => ({ ...networking, ...line(`ip ${words.map(quote).join(' ')}`) });

export const interfaceSaboteurs: SaboteursOf<'interface'> = {
  exists: {
    claimed: ({ name }) =>
      name === 'lo' ? unproven('there is no network without its loopback') : start({ alone: true }),
    denied: ({ name }) => ip('link', 'add', name, 'type', 'dummy'),
  },
  isUp: {
    claimed: ({ name }) => ip('link', 'set', name, 'down'),
    denied: ({ name }) => ip('link', 'set', name, 'up'),
  },
  hasAddress: {
    claimed: ({ name }) => ip('address', 'flush', 'dev', name),
    denied: ({ name }, address) => ip('address', 'add', address, 'dev', name),
  },
  hasMtu: {
    claimed: ({ name }, mtu) => ip('link', 'set', name, 'mtu', mtu === 1_400 ? '1300' : '1400'),
    denied: ({ name }, mtu) => ip('link', 'set', name, 'mtu', String(mtu)),
  },
};

export const routeSaboteurs: SaboteursOf<'route'> = {
  exists: {
    claimed: ({ to }) => ip('route', 'del', to),
    denied: ({ to }) => ip('route', 'add', to, 'dev', 'lo'),
  },
  goesVia: {
    claimed: ({ to }) => ip('route', 'del', to),
    denied: ({ to }, gateway) => ip('route', 'replace', to, 'via', gateway),
  },
  goesThrough: {
    claimed: ({ to }) => ip('route', 'del', to),
    denied: ({ to }, device) => ip('route', 'replace', to, 'dev', device),
  },
};

const iptables = (table: string, ...all: readonly (readonly string[])[]): Sabotage => ({
  ...networking,
  ...line(...all.map(words => `iptables -t ${[table, ...words].map(quote).join(' ')}`)),
});

export const firewallSaboteurs: SaboteursOf<'firewall'> = {
  exists: {
    claimed: ({ table, chain }) =>
      /^[A-Z]+$/.test(chain)
        ? unproven('a chain that is built in cannot be taken away')
        : iptables(table, ['-F', chain], ['-X', chain]),
    denied: ({ table, chain }) => iptables(table, ['-N', chain]),
  },
  hasPolicy: {
    claimed: ({ table, chain }, policy) => iptables(table, ['-P', chain, policy === 'drop' ? 'ACCEPT' : 'DROP']),
    denied: ({ table, chain }, policy) => iptables(table, ['-P', chain, policy.toUpperCase()]),
  },
  hasRule: {
    claimed: ({ table, chain }) => iptables(table, ['-F', chain]),
    denied: () => unproven('nobody knows a rule that is printed so'),
  },
};
