import type { Seen } from './provider.ts';
import type { Snapshot, Wanted } from './snapshot.ts';

/**
 * Reads facts of a running target without changing it. All that is wanted is read in one go, and once: whoever looks
 * again gets a new snapshot, and never a part of an older one.
 *
 * Never throws for what the target is or does; it does for an abort of the signal. Bounded in memory by `bounds`, and in
 * time by its own patience: what a hanging file system holds back is `unknown`. A snapshot is of one target through and
 * through: one that ends or is started again meanwhile gives none.
 */
export interface Looker {
  /** How it looks, for evidence. */
  readonly tier: Tier;
  look(target: Seen, wanted: Wanted, signal: AbortSignal): Promise<Look>;
}

/** Ways to find out, the cheapest first. */
export const tiers = ['tree', 'procfs', 'session', 'exec', 'outside', 'api'] as const;
export type Tier = (typeof tiers)[number];

export type Look =
  | { readonly snapshot: Snapshot }
  /** Nothing of the target can be seen in this way; another one may do. */
  | { readonly elsewhere: string }
  /** Nothing can be seen of it in any way: it does not run. */
  | { readonly unknown: string };

/** Where the first process of a running target is, by the number that the engine's own machine has for it. */
export type Whereabouts = (target: Seen, signal: AbortSignal) => Promise<Place | undefined>;

export interface Place {
  readonly pid: number;
}
