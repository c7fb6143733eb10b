import * as z from 'zod/mini';
import type { Subject } from '../assertion/said.ts';
import { rule } from '../declaration/rule.ts';
import { portNumber } from '../rules.ts';
import type { RequestSpec } from '../spec/check-spec.ts';
import type { Naming } from './naming.ts';
import { pathOfUrl, request } from './rules.ts';

/** What is asked other than by a plain GET. */
export type RequestOptions = Partial<RequestSpec>;

export interface PortSubjects<P = never> {
  /** A port of the target, by its number or the name that the service has for it. */
  port(port: number | P, protocol?: 'tcp' | 'udp'): Subject<'port'>;
  /** What a path answers on a port of the target: to GET, where nothing else is asked for. No redirect is followed. */
  http(port: number | P, path: string, options?: RequestOptions): Subject<'http'>;
}

/** The numbers of ports, where the target has names for them. */
export type PortsByName = Readonly<Record<string, number>>;

const protocols: readonly unknown[] = ['tcp', 'udp'];

const protocol = rule<'tcp' | 'udp'>({ is: "'tcp' or 'udp'", why: 'a port is one of a protocol' }, value =>
  protocols.includes(value),
);

/** Where the names are not known, any could be one of them. */
function portAmong(ports: PortsByName | undefined) {
  const [first] = Object.entries(ports ?? {});
  return rule<number | string>(
    {
      is: 'the number of a port, or the name of one of the service',
      why: first ? `its ports are ${Object.keys(ports ?? {}).join(', ')}` : 'there are no ports that have names',
      fix: first ? `write it as in '${first[0]}' or ${first[1]}` : 'give its number',
    },
    value => (typeof value === 'string' ? !ports || Object.hasOwn(ports, value) : portNumber.safeParse(value).success),
  );
}

export function portSubjects<P extends string>(naming: Naming, ports: PortsByName | undefined): PortSubjects<P> {
  const among = portAmong(ports);
  const numberOf = (port: number | string): number => (typeof port === 'string' ? (ports?.[port] ?? 0) : port);
  return {
    port: function port(given, of = 'tcp') {
      const shape = { port: among, protocol };
      return naming.name('port', { shape, given: { port: given, protocol: of }, callee: port }, () => ({
        port: numberOf(given),
        protocol: of,
      }));
    },
    http: function http(port, path, options) {
      const shape = { port: among, path: pathOfUrl, options: z.optional(request) };
      return naming.name('http', { shape, given: { port, path, options }, callee: http }, () => ({
        port: numberOf(port),
        path,
        ...requestOf(options),
      }));
    },
  };
}

/** A plain GET is left out: it is what is asked where nothing else is. */
export function requestOf(options: RequestOptions = {}): { readonly request?: RequestSpec } {
  const { method = 'GET', headers = {} } = options;
  return method === 'GET' && Object.keys(headers).length === 0 ? {} : { request: { method, headers } };
}
