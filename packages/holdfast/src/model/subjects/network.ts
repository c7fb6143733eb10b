import * as z from 'zod/mini';
import type { Subject } from '../assertion/said.ts';
import { isBlock } from '../assertion/words/address.ts';
import { rule } from '../declaration/rule.ts';
import { portNumber } from '../rules.ts';
import type { RequestSpec } from '../spec/check-spec.ts';
import type { Naming } from './naming.ts';
import { pathOfUrl, request, word } from './rules.ts';

/** What is asked other than by a plain GET. */
export type RequestOptions = Partial<RequestSpec>;

export interface NetworkSubjects<P = never> {
  /** A port of the target, by its number or the name that the service has for it. */
  port(port: number | P, protocol?: 'tcp' | 'udp'): Subject<'port'>;
  /** What a path answers on a port of the target: GET, where nothing else is asked for. No redirect is followed. */
  http(port: number | P, path: string, options?: RequestOptions): Subject<'http'>;
  /** An interface of the network, by its name. */
  interface(name: string): Subject<'interface'>;
  /** The route to a destination in CIDR form, or the default one. */
  route(to: string): Subject<'route'>;
  /** A chain of the firewall. The table is `'filter'` where none is given. */
  firewall(chain: string, table?: string): Subject<'firewall'>;
}

const protocols: readonly unknown[] = ['tcp', 'udp'];

const protocol = rule<'tcp' | 'udp'>({ is: "'tcp' or 'udp'", why: 'a port is one of a protocol' }, value =>
  protocols.includes(value),
);

const destination = rule<string>(
  { is: "a destination in CIDR form, or 'default'", fix: "write it as in '10.0.0.0/8' or 'default'" },
  value => value === 'default' || isBlock(value),
);

const device = word('the name of an interface', 'eth0');
const chainName = word('the name of a chain', 'INPUT');
const tableName = word('the name of a table', 'filter');

/** The number of a port, where the target has a name for it. */
export type PortsByName = Readonly<Record<string, number>>;

/** The schema of a port, and what it is in numbers. */
const portOf = (ports: PortsByName) => {
  const known = Object.keys(ports);
  const named = rule<number | string>(
    {
      is: 'the number of a port, or the name of one of the service',
      why: known.length > 0 ? `its ports are ${known.join(', ')}` : 'it declares no ports that could have a name',
      fix: known[0] === undefined ? 'give its number' : `write it as in '${known[0]}' or ${ports[known[0]]}`,
    },
    value => (typeof value === 'string' ? Object.hasOwn(ports, value) : portNumber.safeParse(value).success),
  );
  return { named, number: (port: number | string) => (typeof port === 'string' ? (ports[port] ?? 0) : port) };
};

export const networkSubjects = <P extends string>(naming: Naming, ports: PortsByName): NetworkSubjects<P> => {
  const { named, number } = portOf(ports);
  return {
    port: function port(port_, protocol_ = 'tcp') {
      const given = { port: port_, protocol: protocol_ };
      return naming.name('port', { shape: { port: named, protocol }, given, callee: port }, () => ({
        port: number(port_),
        protocol: protocol_,
      }));
    },
    http: function http(port, path, options) {
      const shape = { port: named, path: pathOfUrl, options: z.optional(request) };
      return naming.name('http', { shape, given: { port, path, options }, callee: http }, () => ({
        port: number(port),
        path,
        ...requestOf(options),
      }));
    },
    interface: function itsInterface(name) {
      const given = { shape: { name: device }, given: { name }, callee: itsInterface, as: 'it.interface' };
      return naming.name('interface', given, () => ({ name }));
    },
    route: function route(to) {
      return naming.name('route', { shape: { to: destination }, given: { to }, callee: route }, () => ({ to }));
    },
    firewall: function firewall(chain, table = 'filter') {
      const shape = { chain: chainName, table: tableName };
      return naming.name('firewall', { shape, given: { chain, table }, callee: firewall }, () => ({ table, chain }));
    },
  };
};

/** A plain GET is left out: it is what is asked where nothing else is. */
export function requestOf(options: RequestOptions = {}): { request?: RequestSpec } {
  const { method = 'GET', headers = {} } = options;
  return method === 'GET' && Object.keys(headers).length === 0 ? {} : { request: { method, headers } };
}
