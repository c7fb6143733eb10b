import type { Address } from '../../model/address.ts';
import type { Scope } from '../../model/identity.ts';
import type { InstanceState, NetworkState, RouteTable } from '../../ports/desires.ts';
import type { Provider, Seen } from '../../ports/provider.ts';
import type { Router } from '../../ports/router.ts';
import { Names } from './names.ts';

/** What was observed: every object of every kind, ours and not ours, and what the edges send where. */
export interface World {
  readonly seen: readonly Seen[];
  /** By the uid of the edge's instance. */
  readonly tables: ReadonlyMap<string, readonly RouteTable[]>;
  /** What objects of ours are called, as far as it is known. */
  readonly names: Names;
}

export interface Observers {
  readonly kinds: readonly { readonly engine: string; readonly provider: Provider }[];
  readonly router: Router;
}

/** Reads the world: all kinds at once, then the tables of the edges that run. */
export async function observe(
  scope: Scope,
  edges: readonly Address[],
  observers: Observers,
  names = new Names(),
): Promise<World> {
  const lists = await Promise.all(observers.kinds.map(({ provider }) => provider.observe(scope)));
  const seen = lists.flat();
  const running = seen.filter(one => isRunningInstance(one) && edges.some(edge => names.isOf(edge, one)));
  const tables = await Promise.all(
    running.map(async edge => [edge.birth?.uid ?? '', await tableOf(edge, observers.router)] as const),
  );
  return { seen, tables: new Map(tables), names };
}

/** An edge that does not answer has no table: setting it anew is what mends it. */
const tableOf = (edge: Seen, router: Router): Promise<readonly RouteTable[]> => router.table(edge).catch(() => []);

export const isOurs = (seen: Seen): seen is Seen & { birth: NonNullable<Seen['birth']> } => seen.birth !== undefined;

export const isInstance = (seen: Seen): seen is Seen<InstanceState> => seen.kind === 'instance';
export const isNetwork = (seen: Seen): seen is Seen<NetworkState> => seen.kind === 'network';
export const isRunningInstance = (seen: Seen): boolean => isInstance(seen) && isOurs(seen) && seen.state.running;
