import type { RouteTable, Upstream } from './desires.ts';
import type { Seen } from './provider.ts';

/**
 * How traffic reaches instances. Implementations serialise their own changes: several may be asked for at once.
 * Every call is idempotent.
 */
export interface Router {
  /** What the edge sends where at this moment, re-read from it. */
  table(edge: Seen): Promise<readonly RouteTable[]>;

  /** Makes the whole table so, without losing a request that is under way. */
  set(edge: Seen, table: readonly RouteTable[]): Promise<void>;

  /** Sends requests to `add` from now on and no new ones to `drop`, wherever one of them stands for the other. */
  shift(edge: Seen, change: Shift): Promise<void>;

  /** Resolves when none of these has a request under way, or when the time (milliseconds) is over; says which. */
  drained(edge: Seen, upstreams: readonly Upstream[], within: number): Promise<'drained' | 'time over'>;
}

export interface Shift {
  readonly routes: readonly { readonly host: string; readonly path: string }[];
  readonly add: readonly Upstream[];
  readonly drop: readonly Upstream[];
}
