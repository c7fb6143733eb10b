import type { Address } from '../model/address.ts';
import type { Tier } from '../ports/looking/looker.ts';

export { type Tier, tiers } from '../ports/looking/looker.ts';

/** What one run of checks came to. */
export interface Outcome {
  readonly system: string;
  readonly environment: string;
  /** The id of the release that was looked at, where there is one. */
  readonly release?: string;
  /** ISO 8601, UTC. */
  readonly began: string;
  readonly milliseconds: number;
  /** Why it ended before everything was looked at; absent where it came to its end. */
  readonly interrupted?: string;
  readonly targets: readonly TargetOutcome[];
}

/** What was found of one thing that checks look at. */
export interface TargetOutcome {
  readonly address: Address;
  /** For people: `the web shop`. */
  readonly title: string;
  readonly checks: readonly CheckOutcome[];
}

export interface CheckOutcome {
  /** One of its own within the target. */
  readonly name: string;
  /** `file:line:column` of the declaration that says it. */
  readonly at: string;
  readonly results: readonly Result[];
}

/** What became of one sentence. */
export type Result = Passed | Missed | Waived | Skipped;

interface Looked {
  /** `/app/server.js has mode 0644`. */
  readonly sentence: string;
  readonly milliseconds: number;
  /** Milliseconds until it became so, where it needed time. */
  readonly readyAfter?: number;
  readonly tier: Tier;
  /** The digest of what it was measured on: evidence is of that alone. */
  readonly digest?: string;
  readonly waiver?: Waiver;
  /** Whether it follows from the declaration itself, and nobody had to say it. */
  readonly derived?: boolean;
  /** Whether it was seen red against a sabotaged copy; absent where that was not tried. */
  readonly proved?: 'red' | 'unproven';
  /** Why it was not seen red. */
  readonly doubt?: string;
}

export interface Passed extends Looked {
  readonly status: 'passed';
}

/** It is not as said; or it is unknown, since nobody could look, which counts as much. */
export interface Missed extends Looked {
  readonly status: 'failed' | 'unknown';
  /** `has mode 0644`. */
  readonly expected: string;
  /** `mode 0600`; where nobody could look: why not. */
  readonly found: string;
  /** What led to it, as far as that is known. */
  readonly why?: string;
  /** Material to look at: the last lines of a log, sockets that listen. Bounded by who gathers it. */
  readonly evidence?: readonly string[];
}

/** It is not as said, and somebody answers for that. */
export interface Waived extends Omit<Missed, 'status'> {
  readonly status: 'waived';
  readonly waiver: Waiver;
}

export interface Skipped extends Looked {
  readonly status: 'skipped';
  readonly why: string;
}

export const statuses = [
  'passed',
  'failed',
  'unknown',
  'waived',
  'skipped',
] as const satisfies readonly Result['status'][];
export type Status = Result['status'];

/** Somebody answers for it that a sentence does not hold for a while. */
export interface Waiver {
  readonly owner: string;
  readonly because: string;
  /** `2026-12-31`: it holds to the end of that day, in UTC. */
  readonly until: string;
  /** Whether it was past that when this was looked at: then it waives nothing. */
  readonly expired: boolean;
}

/** A result under a waiver: one that has not run out lets off what is not as said, and is told in any case. */
export const under = (waiver: Waiver, result: Result): Result =>
  isMissed(result) && !waiver.expired ? { ...result, status: 'waived', waiver } : { ...result, waiver };

export const isMissed = (result: Result): result is Missed => result.status === 'failed' || result.status === 'unknown';

export const resultsIn = (outcome: Outcome): readonly Result[] =>
  outcome.targets.flatMap(({ checks }) => checks).flatMap(({ results }) => results);

/** Whether all was looked at, and nothing is bad. To look at nothing proves nothing. */
export function isKept(outcome: Outcome): boolean {
  const results = resultsIn(outcome);
  return outcome.interrupted === undefined && results.length > 0 && !results.some(isMissed);
}

/** How many results there are of each status. */
export type Totals = Readonly<Record<Status, number>>;

export function totalsOf(results: readonly Result[]): Totals {
  const count = (of: Status): number => results.filter(({ status }) => status === of).length;
  return Object.fromEntries(statuses.map(status => [status, count(status)])) as Totals;
}

/** A result, and where it stands. */
export interface Placed<R extends Result = Result> {
  readonly target: TargetOutcome;
  readonly check: CheckOutcome;
  readonly result: R;
}

/** All results with their places, in the order in which they are told. */
export const placedIn = (outcome: Outcome): readonly Placed[] =>
  outcome.targets.flatMap(target =>
    target.checks.flatMap(check => check.results.map(result => ({ target, check, result }))),
  );

/** What is not as said, or unknown. */
export const missedIn = (outcome: Outcome): readonly Placed<Missed>[] =>
  placedIn(outcome).flatMap(({ result, ...place }) => (isMissed(result) ? [{ ...place, result }] : []));
