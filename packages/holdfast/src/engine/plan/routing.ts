import { canonical } from '../../kit/json.ts';
import type { Address } from '../../model/address.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import type { InstanceDesire, RouteTable, Upstream } from '../../ports/desires.ts';
import type { Match } from './match.ts';
import { append } from './order.ts';

/** What each edge ought to send where, beside what it sends now. */
export interface EdgeRouting {
  readonly edge: Address;
  readonly match: Match;
  readonly table: readonly RouteTable[];
  readonly differs: boolean;
  /** How long what leaves may take to finish, in milliseconds. */
  readonly drain: number;
}

/** How traffic reaches a service: the edge, and which of its routes. */
export interface WayIn {
  readonly edge: Address;
  readonly routes: readonly { readonly host: string; readonly path: string }[];
  readonly port: number;
  readonly drain: number;
}

export interface Routing {
  readonly edges: readonly EdgeRouting[];
  readonly waysIn: ReadonlyMap<Address, readonly WayIn[]>;
}

export function routing(
  model: SystemModel,
  matches: readonly Match[],
  tables: ReadonlyMap<string, readonly RouteTable[]>,
): Routing {
  const instances = byService(matches);
  const declared = resourcesOf(model, 'routes');
  const waysIn = new Map<Address, WayIn[]>();
  for (const { spec } of declared)
    for (const route of spec.routes)
      append(waysIn, route.to, { edge: spec.edge, routes: [route], port: route.port, drain: spec.drain });
  const edges = declared.flatMap(({ spec }) =>
    (instances.get(spec.edge) ?? []).map(match => {
      const table = sorted(
        spec.routes.map(route => ({
          ...hostAndPath(route),
          upstreams: upstreamsOf(instances.get(route.to) ?? [], route.port),
        })),
      );
      return {
        edge: spec.edge,
        match,
        table,
        drain: spec.drain,
        differs: canonical(sorted(tables.get(match.desired.uid) ?? [])) !== canonical(table),
      };
    }),
  );
  return { edges, waysIn };
}

function byService(matches: readonly Match[]): ReadonlyMap<Address, readonly Match[]> {
  const instances = new Map<Address, Match[]>();
  for (const match of matches) if (match.wanted.role.is === 'server') append(instances, match.wanted.of, match);
  return instances;
}

export const upstreamOf = (hostname: string, port: number): Upstream => `${hostname}:${port}`;

const upstreamsOf = (instances: readonly Match[], port: number): Upstream[] =>
  instances.map(({ desired }) => upstreamOf((desired.spec as InstanceDesire).hostname, port)).sort();

const hostAndPath = ({ host, path }: { host: string; path: string }) => ({ host, path });

const sorted = (table: readonly RouteTable[]): RouteTable[] =>
  table
    .map(({ host, path, upstreams }) => ({ host, path, upstreams: [...upstreams].sort() }))
    .sort((a, b) => compare(a.host, b.host) || compare(a.path, b.path));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
