import type { Recorder } from '../journal/fact.ts';
import type { Clock } from '../kit/clock.ts';
import type { Scope } from '../model/identity.ts';
import type { Known } from '../model/resource.ts';
import type { ClusterBackups } from '../model/spec/cluster-spec.ts';
import type { Instances } from '../ports/instances.ts';
import type { Providers, Seen } from '../ports/provider.ts';
import type { Surroundings } from './desire.ts';

/** Where restored servers are made, and taken away. */
export interface RestoredPlace {
  readonly around: Pick<Surroundings, 'scope' | 'engine'>;
  /** Those whose scope is that of {@link Surroundings}. */
  readonly providers: Providers;
  readonly signal: AbortSignal;
}

/** What a restore stands on. */
export interface RestoreGround extends RestoredPlace {
  readonly around: Surroundings;
  /** The environment whose backups they are. */
  readonly of: Scope;
  readonly cluster: Known<'cluster'>;
  readonly backups: ClusterBackups;
  /**
   * Each value that the passphrase of the backups has had, the present one first: what is made after the call reads what
   * was written by that one. There is at least one.
   */
  readonly passphrases: readonly (() => Promise<void>)[];
  /** The servers of the database that run: what they have not archived yet is archived before. */
  readonly live: readonly Seen[];
  readonly instances: Instances;
  readonly clock: Clock;
  readonly record: Recorder;
  readonly tell: (event: RestoreEvent) => void;
}

/** What is told while it is at work. */
export type RestoreEvent =
  | { readonly event: 'not-archived'; readonly reason: string }
  | { readonly event: 'restoring'; readonly backup: string }
  | { readonly event: 'unreadable'; readonly backup: string; readonly reason: string };
