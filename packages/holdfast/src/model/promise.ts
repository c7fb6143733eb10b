import * as z from 'zod/mini';
import { type Duration, toMilliseconds } from '../kit/duration.ts';
import type { ProblemParts } from '../kit/problem.ts';
import type { Address } from './address.ts';
import type { CheckHandle } from './check.ts';
import { Call, needsOfHandles } from './declaration/call.ts';
import { addressOfHandle, Handle, subject } from './declaration/handle.ts';
import { label } from './declaration/label.ts';
import { type CommonOptions, common, handleOf } from './declaration/options.ts';
import { members } from './declaration/rule.ts';
import { spell } from './declaration/spell.ts';
import { isOutsideProbe, type OutsideProbe, specOfProbe } from './outside-probe.ts';
import { type AlertOptions, alertOf, alertShape } from './promise/alert.ts';
import { contradictions } from './promise/contradictions.ts';
import { type Fault, type Losing, losing, millisecondsLost, specOfFault } from './promise/fault.ts';
import { type Objective, objective, objectiveOf, wrongObjective } from './promise/objective.ts';
import { type RiskOptions, riskMembers, riskOf } from './promise/risk.ts';
import { fault, given, measured, rehearsed, sentence } from './promise/rules.ts';
import { slugOf } from './promise/slug.ts';
import { needsOf } from './ref.ts';
import { duration } from './rules.ts';
import type { FaultSpec, MeasureSpec, PromiseSpec, RecoverySpec, Rehearsal } from './spec/promise-spec.ts';
import type { TeamHandle } from './team.ts';
import type { UpstreamHandle } from './upstream.ts';

export type PromiseHandle = Handle<'promise'>;

export interface PromiseOptions extends RiskOptions, Pick<CommonOptions, 'movedFrom'> {
  /** Default: the sentence as a label. */
  readonly name?: string;
  /** The team that keeps it. */
  readonly by: TeamHandle;
  /** What others promise, and without which nothing is promised here: it caps what may be promised. */
  readonly given?: readonly (UpstreamHandle | PromiseHandle)[];
  /** What counts: each question, or each run of a check, is good or not. Needs an objective. */
  readonly measured?: OutsideProbe | CheckHandle;
  /** How much of what is measured must be good, over which rolling window: `'99.5% over 30d'`. */
  readonly objective?: Objective;
  /** Checks that must have passed on what runs. */
  readonly checks?: readonly CheckHandle[];
  /** Faults during which it is kept. What would show that, drills, does not exist yet: each is unproven. */
  readonly survives?: readonly Fault[];
  /** From nothing. `within`: how long it takes. `losing`: how much of the newest data may be gone. */
  readonly recovers?: { readonly within: Duration; readonly losing?: Losing };
  /** How often it is shown again: older evidence is stale. */
  readonly rehearsed?: Rehearsal;
  /** Default: the usual three of the objective's window. */
  readonly alerts?: readonly AlertOptions[];
}

const schema = members({
  ...riskMembers,
  movedFrom: common.movedFrom,
  sentence,
  name: z.optional(label),
  by: handleOf('team'),
  given: z.optional(z.array(given)),
  measured: z.optional(measured),
  objective: z.optional(objective),
  checks: z.optional(z.array(handleOf('check'))),
  survives: z.optional(z.array(fault)),
  recovers: z.optional(members({ within: duration, losing: z.optional(losing) })),
  rehearsed: z.optional(rehearsed),
  alerts: z.optional(z.array(alertShape)),
});

/**
 * Says what others may rely on, who keeps it, and what shows it.
 *
 * ```ts
 * promise('a shopper can check out', {
 *   by: crew,
 *   measured: probe.https(door.url('/checkout')).answers(200).within('800ms'),
 *   objective: '99.5% over 30d',
 *   given: [stripe],
 *   survives: [loss(web, 1)],
 *   rehearsed: 'weekly',
 * })
 * ```
 */
export function promise(sentence: string, options: PromiseOptions): PromiseHandle {
  const slug = typeof sentence === 'string' ? slugOf(sentence) : 'promise';
  const name = options?.name ?? slug ?? 'promise';
  const call = new Call('promise', name, promise);
  const isNamed = options?.name !== undefined || slug !== undefined;
  if (!isNamed) call.refuse(nameless(sentence));
  const fits = call.accepts(schema, typeof options === 'object' ? { sentence, ...options } : options);
  if (fits) declareIt(call, sentence, options);
  return new Handle('promise', name);
}

function declareIt(call: Call, sentence: string, options: PromiseOptions): void {
  const spec = specOf(sentence, options);
  const wrong = [...contradictions(spec, options, subject('promise', call.name))];
  for (const problem of wrong) call.refuse(problem);
  if (wrong.length === 0) call.declare(spec, needsOfPromise(spec), options);
}

function specOf(sentence: string, options: PromiseOptions): PromiseSpec {
  const { by, given = [], checks = [], recovers, rehearsed, alerts } = options;
  const measured = options.measured && measureOf(options.measured);
  const risk = riskOf(options);
  const objective = soundObjective(options.objective, measured);
  return {
    sentence,
    by: addressOfHandle(by),
    given: needsOfHandles(given),
    ...(measured && { measured }),
    ...(objective && { objective }),
    checks: needsOfHandles(checks),
    survives: faultsOf(options),
    ...(recovers && { recovers: recoveryOf(recovers) }),
    ...(rehearsed && { rehearsed }),
    ...(alerts && { alerts: alerts.map(alertOf) }),
    ...(risk && { risk }),
  };
}

/** A check in a container takes its time: once a minute is often enough. */
const measureOf = (measured: OutsideProbe | CheckHandle): MeasureSpec =>
  isOutsideProbe(measured) ? specOfProbe(measured) : { type: 'check', check: addressOfHandle(measured), every: 60_000 };

const soundObjective = (text: Objective | undefined, measured: MeasureSpec | undefined) =>
  text === undefined || wrongObjective(text, measured?.every) ? undefined : objectiveOf(text);

const faultsOf = ({ survives = [] }: PromiseOptions): readonly FaultSpec[] =>
  survives.map(specOfFault).filter(spec => spec !== undefined);

const recoveryOf = ({ within, losing }: NonNullable<PromiseOptions['recovers']>): RecoverySpec => ({
  within: toMilliseconds(within),
  ...(losing !== undefined && { losing: millisecondsLost(losing) }),
});

const needsOfPromise = ({ by, given, measured, checks, survives }: PromiseSpec): readonly Address[] => [
  by,
  ...given,
  ...(measured ? (measured.type === 'check' ? [measured.check] : needsOf(measured.url)) : []),
  ...checks,
  ...survives.map(({ of }) => of),
];

const nameless = (sentence: string): ProblemParts => ({
  what: `no name can be made of the sentence ${spell(sentence)}`,
  why: 'a promise is known by its sentence as a label of the letters a to z, digits and hyphens (RFC 1123)',
  fix: "give it a name: promise('…', { name: 'checkout', … })",
});
