import * as z from 'zod/mini';
import { type Duration, toMilliseconds } from '../kit/duration.ts';
import { Call, declare } from './declaration/call.ts';
import { addressOfHandle, Handle } from './declaration/handle.ts';
import { type CommonOptions, common, handleOf } from './declaration/options.ts';
import { members, rule } from './declaration/rule.ts';
import { duration, isHostName } from './rules.ts';
import { isPort, type PortHandle, type ServiceHandle } from './service-handle.ts';
import type { Route, RoutesSpec } from './spec/small-specs.ts';

export type RoutesHandle = Handle<'routes'>;

/** Ports by what is asked for: a host name, or a host name with a path prefix, as in `'shop.example/api'`. */
export type RouteTable = Readonly<Record<string, PortHandle>>;

export interface RoutesOptions extends CommonOptions {
  /** The service that takes the requests. */
  readonly edge: ServiceHandle;
  readonly routes: RouteTable;
  /** How long an instance that leaves may take to finish what it has. Default `'30s'`. */
  readonly drain?: Duration;
}

const place = rule<string>(
  {
    is: 'a host name, with a path prefix or without',
    why: 'a request is led by the host name that it asks for, and by how its path begins',
    fix: "write it as in 'shop.example' or 'shop.example/api', without http:// and without a port",
  },
  key => typeof key === 'string' && isHostName(split(key).host) && /^\/\S*$/.test(split(key).path),
);

const port = rule<PortHandle>(
  {
    is: 'a port of a service',
    why: 'a route leads to one port',
    fix: "declare ports: { http: 8080 } and give web.port('http')",
  },
  isPort,
);

const routeTable = z.record(place, port);

const schema = members({
  ...common,
  edge: handleOf('service'),
  routes: routeTable,
  drain: z.optional(duration),
});

/** What an edge sends where. */
export function routes(name: string, options: RoutesOptions): RoutesHandle {
  declare(new Call('routes', name, routes), schema, options, () => {
    const spec = specOf(options);
    return { spec, needs: [spec.edge, ...spec.routes.map(({ to }) => to)] };
  });
  return new Handle('routes', name);
}

const specOf = ({ edge, routes: table, drain = '30s' }: RoutesOptions): RoutesSpec => ({
  edge: addressOfHandle(edge),
  routes: Object.entries(table).map(routeOf),
  drain: toMilliseconds(drain),
});

const routeOf = ([key, to]: [string, PortHandle]): Route => ({
  ...split(key),
  to: addressOfHandle(to.service),
  port: to.number,
});

function split(key: string): { host: string; path: string } {
  const slash = key.indexOf('/');
  return slash < 0 ? { host: key, path: '/' } : { host: key.slice(0, slash), path: key.slice(slash) };
}
