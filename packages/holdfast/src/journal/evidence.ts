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
  /** The first few that were not so, in words. */
  readonly failed: readonly string[];
  readonly on: Footing;
  readonly milliseconds: number;
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
