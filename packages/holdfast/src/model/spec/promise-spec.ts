import type { Address } from '../address.ts';
import type { Value } from '../value.ts';

/** What others may rely on, who keeps it, and what shows that it is kept. Times in milliseconds. */
export interface PromiseSpec {
  /** As it was given, for people. */
  readonly sentence: string;
  /** The team that keeps it. */
  readonly by: Address;
  /** What others promise, and without which nothing is promised here: upstreams and promises. */
  readonly given: readonly Address[];
  readonly measured?: MeasureSpec;
  readonly objective?: ObjectiveSpec;
  /** Checks that must have passed on what runs. */
  readonly checks: readonly Address[];
  readonly survives: readonly FaultSpec[];
  readonly recovers?: RecoverySpec;
  /** How old its evidence may be. */
  readonly rehearsed?: Rehearsal;
  /** Without them, the usual three: see `standardAlerts`. */
  readonly alerts?: readonly AlertSpec[];
  readonly risk?: RiskSpec;
}

export type MeasureSpec = OutsideProbeSpec | CheckMeasureSpec;

/** Asked from outside, as a user would. */
export interface OutsideProbeSpec {
  readonly type: 'http';
  readonly url: Value;
  /** The answers that are good. */
  readonly status: readonly number[];
  /** How long a good answer may take. */
  readonly within: number;
  /** Between two questions. */
  readonly every: number;
}

/** A check that is run again and again: each run is one measurement. */
export interface CheckMeasureSpec {
  readonly type: 'check';
  readonly check: Address;
  readonly every: number;
}

export interface ObjectiveSpec {
  /** As it was given: `99.5% over 30d`. */
  readonly text: string;
  /** The share that must be good, an exact decimal percentage: `99.5%`. */
  readonly target: string;
  /** The rolling window. */
  readonly over: number;
}

export type FaultSpec =
  | { readonly type: 'loss'; readonly of: Address; readonly instances: number }
  | { readonly type: 'failover'; readonly of: Address; readonly within: number; readonly losing: number }
  | { readonly type: 'outage'; readonly of: Address };

/** Rebuilt from nothing: how long it takes, and how much of the newest data may be gone. */
export interface RecoverySpec {
  readonly within: number;
  readonly losing?: number;
}

export type Rehearsal = 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly';

/** Calls someone while the error budget burns so many times faster than it may, in both windows. */
export interface AlertSpec {
  /** An exact decimal: `14.4`. */
  readonly burn: string;
  /** The long window, which keeps a short blip from calling. */
  readonly over: number;
  /** The short window, which ends the call soon after the trouble ends. */
  readonly and: number;
  readonly calls: 'page' | 'ticket';
}

/** A promise above what its givens allow, signed by a person until a day. */
export interface RiskSpec {
  /** An e-mail address of the team's. */
  readonly acceptedBy: string;
  readonly because: string;
  /** The last day that it holds, UTC: `2027-01-31`. */
  readonly until: string;
}
