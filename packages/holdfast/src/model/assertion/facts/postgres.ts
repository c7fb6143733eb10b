import type { Json } from '../../../kit/json.ts';

/** A server that takes queries. */
export interface PostgresFacts {
  /** As in `15.14`. */
  readonly version: string;
  readonly isStandby: boolean;
  /** Of a standby: whether it streams from another server. Absent for a primary. */
  readonly follows?: boolean;
  /**
   * Milliseconds that it is behind; of a primary, that its slowest standby is. Absent where there is no replication: a standby
   * that is cut off has replayed all that it received, and knows nothing of what it did not.
   */
  readonly lag?: number;
  /** Those that stream from it. */
  readonly standbys: readonly Standby[];
}

export interface Standby {
  readonly name: string;
  /** Whether a commit waits for it. */
  readonly synchronous: boolean;
}

export interface QueryFacts {
  /** Each an array of columns. No more than the first 1,000. */
  readonly rows: readonly (readonly Json[])[];
}

export interface RoleFacts {
  readonly superuser: boolean;
  readonly login: boolean;
  readonly replication: boolean;
  readonly createRole: boolean;
  readonly createDatabase: boolean;
  /** Names of the roles that it is a member of. */
  readonly memberOf: readonly string[];
}

export interface ExtensionFacts {
  readonly version: string;
}

export interface SettingFacts {
  /** As SHOW prints it: `128MB`. */
  readonly value: string;
  /** Whether a change waits for a restart. */
  readonly pendingRestart: boolean;
}
