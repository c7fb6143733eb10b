import type { NetworkHandle } from '../../../model/network.ts';
import type { Ground } from '../ground.ts';
import type { Keys } from './keys.ts';
import type { Layout, Place } from './places.ts';

/** What all parts of a cluster are made of. */
export interface Inner {
  readonly ground: Ground;
  readonly layout: Layout;
  /** The network that members, etcd and proxy share with nobody else. */
  readonly inner: NetworkHandle;
  readonly keys: Keys;
}

/** By fixed address: the name of one that is dead still leads to where it was, and not out to the world. */
export const hostsOf = (inner: NetworkHandle, some: readonly Place[]) =>
  Object.fromEntries(some.map(({ name, address }) => [name, inner.address(address)]));
