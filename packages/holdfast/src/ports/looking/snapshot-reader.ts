import type { Seen } from '../provider.ts';
import type { Tier } from './looker.ts';
import type { Snapshot, Wanted } from './snapshot.ts';

/**
 * Reads what there is to be read of a running target, without changing it. All that is wanted is read in one go, and
 * once: whoever reads again gets a new snapshot, and never a part of an older one.
 *
 * Never throws for what the target is or does; it does for an abort of the signal, and where the engine can't be reached.
 * Bounded in memory by `bounds`, and in time by its own patience: what a file system that hangs holds back is `unknown`.
 * A snapshot is of one life of the target: one that ends, or is started again meanwhile, gives none.
 */
export interface SnapshotReader {
  readonly tier: Tier;
  read(target: Seen, wanted: Wanted, signal: AbortSignal): Promise<Reading>;
}

export type Reading =
  | { readonly snapshot: Snapshot }
  /** Nothing of the target can be seen in this way; another one may do. */
  | { readonly elsewhere: string }
  /** Nothing can be seen of it in any way: it does not run. */
  | { readonly unknown: string };

/** Where the first process of a target is, by the number that the engine's own machine has for it; undefined where it does not run. */
export type Whereabouts = (target: Seen, signal: AbortSignal) => Promise<{ readonly pid: number } | undefined>;
