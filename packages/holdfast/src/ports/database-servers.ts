import type { Scope } from '../model/identity.ts';
import type { InstanceState } from './desires.ts';
import type { Seen } from './provider.ts';

/** An instance that is a server of a database cluster. */
export interface DatabaseServer {
  /** The name of the cluster, as it was born with. */
  readonly cluster: string;
  readonly instance: Seen<InstanceState>;
}

/** Which instances are servers of databases, by what they carry themselves. */
export interface DatabaseServers {
  /**
   * All of the scope, running or not, of every cluster; the newest first: what takes the place of a cluster takes writes
   * too, while the servers before it are still there.
   */
  members(scope: Scope): Promise<readonly DatabaseServer[]>;
}
