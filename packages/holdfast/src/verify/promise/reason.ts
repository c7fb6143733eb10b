import type { Footing, WaivedSentence } from '../../journal/evidence.ts';
import type { Envelope } from '../../journal/fact.ts';
import type { Address } from '../../model/address.ts';
import type { FaultSpec } from '../../model/spec/promise-spec.ts';
import type { Change } from '../evidence/changes.ts';

export type Status = 'kept' | 'broken' | 'unproven' | 'stale';

/**
 * From the worst. A promise is as good as its worst part:
 * - `broken` before all: what runs was seen not to keep it, and somebody relies on it in vain at this moment. Nothing
 *   that is merely unknown of another part may hide that.
 * - `stale` before `unproven`: it was shown once, people rely on it since, and what they rely on has changed or grown
 *   old. What was never shown misled nobody.
 * - `kept` where every part was shown, on what runs, and not too long ago.
 */
export const precedence: readonly Status[] = ['broken', 'stale', 'unproven', 'kept'];

/** Of no parts at all nothing is shown. */
export const worst = (statuses: readonly Status[]): Status =>
  precedence.find(status => statuses.includes(status)) ?? 'unproven';

/** Why one part of a promise is as it is. */
export interface Reason {
  readonly part: Part;
  readonly status: Status;
  readonly because: Because;
  /** The fact that it follows from; absent where there is none. */
  readonly evidence?: Evidence;
  /** ISO 8601, UTC: when the evidence turns stale by age, where nothing else happens. */
  readonly until?: string;
  /** What would make it fresh again; absent where it is, and where nothing can. */
  readonly fresh?: Remedy;
}

export type Part =
  | { readonly is: 'measured' }
  | { readonly is: 'check'; readonly check: Address }
  | { readonly is: 'survives'; readonly fault: FaultSpec }
  | { readonly is: 'recovers' }
  | { readonly is: 'given'; readonly promise: Address };

export type Because =
  /** Nothing ever showed it. */
  | { readonly why: 'never' }
  /** Nothing can show it yet: there are none of what would. */
  | { readonly why: 'no means'; readonly missing: 'drills' | 'rehearsals' }
  | { readonly why: 'passed'; readonly sentences: number; readonly waived?: readonly WaivedSentence[] }
  | { readonly why: 'failed'; readonly sentences: number; readonly failed: readonly string[] }
  /** What runs is not what it was found on. */
  | { readonly why: 'changed'; readonly changes: readonly Change[] }
  /** It is older than it may be, in milliseconds. */
  | { readonly why: 'aged'; readonly age: number; readonly allowed: number }
  /** So many were good, since then. */
  | ({ readonly why: 'enough' | 'too few' } & Measured)
  /** What is promised elsewhere, and how that stands. */
  | { readonly why: 'premise'; readonly status: Status };

export interface Measured {
  readonly good: number;
  readonly total: number;
  /** The share that is asked for: `99.5%`. */
  readonly target: string;
  /** ISO 8601, UTC: when the first measurement in the window began. */
  readonly since: string;
}

export interface Evidence extends Pick<Envelope, 'seq' | 'at' | 'actor' | 'release'> {
  readonly on: Footing;
}

/** A verb of the command line, and what it is about. */
export interface Remedy {
  readonly verb: 'check' | 'promise explain';
  readonly of: Address;
}

export const evidenceOf = ({ seq, at, actor, release }: Envelope, on: Footing): Evidence => ({
  seq,
  at,
  actor,
  ...(release !== undefined && { release }),
  on,
});
