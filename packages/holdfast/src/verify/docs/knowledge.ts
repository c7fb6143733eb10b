import type { Address } from '../../model/address.ts';
import type { Knowledge } from '../promise/status.ts';

/** All that the documentation is written from. Plain data: the same gives the same bytes. */
export interface DocsKnowledge extends Knowledge {
  /** What may be promised at best, by promise. */
  readonly bounds: ReadonlyMap<Address, ToldBound>;
  /** The seals of the images that run. */
  readonly seals: ReadonlyMap<Address, Sealed>;
  /** The newest fact that was read. Absent where there is no journal. */
  readonly asOf?: { readonly seq: number; readonly at: string };
  /** The verbs that the command line has: no other is named. */
  readonly verbs: ReadonlySet<string>;
}

/** A bound in words and figures, whoever reckoned it. Percentages are rounded down: `99.8001%`. */
export type ToldBound = Reckoned | { readonly refused: string };

export interface Reckoned {
  readonly atMost: string;
  /** The same if replicas never failed for one cause. */
  readonly independent: string;
  /** What replicas have in common, and the share of a replica's failures that are taken to take all of them. */
  readonly commonCauses: readonly { readonly of: Address; readonly beta: string }[];
  /** The promises that it is given and that promise less than all else allows, and the bound if they promised enough. */
  readonly ceiling?: { readonly of: readonly Address[]; readonly objective: string; readonly lifted: string };
  /** What the whole falls with, and has a figure, the lowest first. */
  readonly caps: readonly { readonly of: Address; readonly there: string }[];
  /** What nobody gave a figure for. */
  readonly assumed: readonly Address[];
  /** What a better element would give, the most first. */
  readonly lifts: readonly { readonly of: Address; readonly perfect: string; readonly doubled?: string }[];
  /** By how many percentage points more is promised. */
  readonly excess?: string;
}

export interface Sealed {
  readonly digest: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** How many checks it passed for it. */
  readonly checks: number;
}

/** One file of the documentation: a path from its folder on, with `/`. */
export interface DocFile {
  readonly path: string;
  readonly text: string;
}

/** What the model alone says: the same page without anything that was found. */
export const withoutFacts = ({ model, bounds, verbs }: DocsKnowledge): DocsKnowledge => ({
  model,
  bounds,
  verbs,
  facts: [],
  digests: new Map(),
  seals: new Map(),
  now: 0,
});
