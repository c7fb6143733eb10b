import type { Address } from '../model/address.ts';

/**
 * What evidence stands on: each resource that what was measured rests on, as it was then. Where one of them is another
 * now, the evidence says nothing of what runs.
 */
export type Footing = Readonly<Record<Address, Footed>>;

/** One resource, as it was. */
export interface Footed {
  /** Of an image: what it was, and all that counts. */
  readonly digest?: string;
  /** Of a service. */
  readonly replicas?: number;
  /** The first 16 hex digits of the SHA-256 of the rest of its specification. */
  readonly spec?: string;
}

/** One run of one declared check. */
export interface CheckRan {
  readonly check: Address;
  readonly passed: boolean;
  /** How many sentences it said. */
  readonly sentences: number;
  /** The first few that were not so, or at which nobody could look, in words. */
  readonly failed: readonly string[];
  /** Those among `failed` at which nobody could look, without what was found. Absent where there are none. */
  readonly unknown?: readonly string[];
  /** The first few that were not so and that somebody answers for: the check passed in spite of them. */
  readonly waived?: readonly WaivedSentence[];
  /** The first few that were left out. They are not among `sentences`. */
  readonly skipped?: readonly SkippedSentence[];
  readonly on: Footing;
  readonly milliseconds: number;
}

/** What was not so, and who answers for that. */
export interface WaivedSentence {
  readonly sentence: string;
  readonly found: string;
  /** The name of a team. */
  readonly owner: string;
  readonly because: string;
  /** `2026-12-31`: it counts to the end of that day, in UTC. */
  readonly until: string;
}

/** What nobody looked at, and why. */
export interface SkippedSentence {
  readonly sentence: string;
  readonly why: string;
}

/** One run of all that follows from the declaration of one resource, and that nobody had to say. */
export interface DeclarationChecked extends Omit<CheckRan, 'check'> {
  readonly of: Address;
}

/** What was measured for a promise between two moments, rolled up. It ends where what it stands on changes. */
export interface PromiseMeasured {
  readonly promise: Address;
  readonly good: number;
  readonly total: number;
  /** ISO 8601, UTC. */
  readonly from: string;
  readonly to: string;
  readonly on: Footing;
}
