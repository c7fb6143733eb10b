import type { Fact } from '../../journal/fact.ts';
import { iso } from '../../kit/clock.ts';
import { compareShares, parsePercentage, quotient } from '../../kit/percentage.ts';
import { addressOf, type Known } from '../../model/resource.ts';
import type { ObjectiveSpec } from '../../model/spec/promise-spec.ts';
import { type Change, changesBetween } from '../evidence/changes.ts';
import { aged, goodUntil } from './age.ts';
import { evidenceOf, type Measured, type Reason } from './reason.ts';
import { factsOf, type Surroundings } from './surroundings.ts';

type Measurement = Fact<'promise.measured'>;
type Verdict = Omit<Reason, 'part'>;

/**
 * What was measured within the window of the objective says of it. An objective is about a time, whatever ran in it: a
 * release does not give back the error budget that the one before it spent. So all of the window counts for whether it
 * is broken; but it is only kept where something of it was measured on what runs now.
 *
 * Nothing measured is not the same as nothing good: an empty window shows nothing.
 */
export function ofMeasure(promise: Known<'promise'>, around: Surroundings): Reason {
  const { measured, objective } = promise.spec;
  const part = { is: 'measured' } as const;
  const of = addressOf(promise);
  const fresh = measured?.type === 'check' ? { verb: 'check', of: measured.check } : { verb: 'check', of };
  const all = factsOf(of, around.measurements, around).filter(({ payload }) => payload.total > 0);
  const newest = all.at(-1);
  const verdict: Verdict =
    newest && objective
      ? judged(promise, objective, all, newest, around)
      : { status: 'unproven', because: { why: 'never' } };
  return { part, ...verdict, ...(verdict.status === 'kept' ? {} : { fresh: fresh as NonNullable<Reason['fresh']> }) };
}

function judged(
  promise: Known<'promise'>,
  objective: ObjectiveSpec,
  all: readonly Measurement[],
  newest: Measurement,
  around: Surroundings,
): Verdict {
  const { now } = around;
  const within = all.filter(({ payload: { to } }) => Date.parse(to) > now - objective.over);
  const evidence = evidenceOf(newest, newest.payload.on);
  if (within.length === 0) {
    const age = now - Date.parse(newest.payload.to);
    return { status: 'stale', because: { why: 'aged', age, allowed: objective.over }, evidence };
  }
  const figures = figuresOf(within, objective);
  if (!isEnough(figures)) return { status: 'broken', because: { why: 'too few', ...figures }, evidence };
  return onWhatRuns(promise, within, newest, figures, around);
}

/** There is enough of it; is any of it of what runs? */
function onWhatRuns(
  promise: Known<'promise'>,
  within: readonly Measurement[],
  newest: Measurement,
  figures: Measured,
  around: Surroundings,
): Verdict {
  const footing = around.ground.ofMeasure(promise);
  const changesSince = ({ payload: { on } }: Measurement): readonly Change[] =>
    changesBetween(on, footing, around.names);
  const ours = within.findLast(one => changesSince(one).length === 0);
  const evidence = evidenceOf(ours ?? newest, (ours ?? newest).payload.on);
  if (!ours) return { status: 'stale', because: { why: 'changed', changes: changesSince(newest) }, evidence };
  const because = aged(ours.payload.to, promise.spec.rehearsed, around.now);
  if (because) return { status: 'stale', because, evidence };
  return { status: 'kept', because: { why: 'enough', ...figures }, evidence, until: untilOf(ours, promise) };
}

/** Whatever comes first: it leaves the window, or is older than it may be. */
function untilOf({ payload: { to } }: Measurement, { spec }: Known<'promise'>): string {
  const leaves = iso(Date.parse(to) + (spec.objective?.over ?? 0));
  const { until = leaves } = goodUntil(to, spec.rehearsed);
  return until < leaves ? until : leaves;
}

function figuresOf(within: readonly Measurement[], { target }: ObjectiveSpec): Measured {
  const add = (key: 'good' | 'total'): number => within.reduce((sum, { payload }) => sum + payload[key], 0);
  const since = within.map(({ payload }) => payload.from).reduce((a, b) => (a < b ? a : b));
  return { good: add('good'), total: add('total'), target, since };
}

/** Exactly: the share is rounded down to as many digits as the target has, which changes no comparison with it. */
function isEnough({ good, total, target }: Measured): boolean {
  const asked = parsePercentage(target);
  return compareShares(quotient(BigInt(good), BigInt(total), asked.places), asked) >= 0;
}
