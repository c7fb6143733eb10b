import { isFact, type StoredFact } from '../../journal/fact.ts';
import type { Address } from '../../model/address.ts';
import { addressOf, type Known } from '../../model/resource.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import { formerNames } from '../evidence/changes.ts';
import { type Digests, groundOf } from '../evidence/footing.ts';
import { ofCheck } from './of-check.ts';
import { ofMeasure } from './of-measure.ts';
import type { Reason, Status } from './reason.ts';
import { worst } from './reason.ts';
import type { Surroundings } from './surroundings.ts';

/** A promise, whether it is kept, and why. */
export interface PromiseStatus {
  readonly promise: Address;
  readonly sentence: string;
  readonly status: Status;
  /** One for each part of the promise, in the order of its declaration. */
  readonly reasons: readonly Reason[];
}

/** What is known when it is asked. */
export interface Knowledge {
  /** What is declared, and runs. */
  readonly model: SystemModel;
  /** `check.ran` and `promise.measured`, in order of `seq`; others are passed over. */
  readonly facts: readonly StoredFact[];
  /** The digests that run. */
  readonly digests: Digests;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The status of each promise, in the order of declaration. Pure: the same knowledge gives the same answer. */
export function promiseStatuses(knowledge: Knowledge): readonly PromiseStatus[] {
  const around = surroundingsOf(knowledge);
  const known = new Map<Address, PromiseStatus>();
  for (const promise of resourcesOf(knowledge.model, 'promise')) {
    const reasons = reasonsOf(promise, around, known);
    const status = worst(reasons.map(reason => reason.status));
    known.set(addressOf(promise), { promise: addressOf(promise), sentence: promise.spec.sentence, status, reasons });
  }
  return [...known.values()];
}

function surroundingsOf({ model, facts, digests, now }: Knowledge): Surroundings {
  const ours = facts.filter(({ system, environment }) => system === model.name && environment === model.environment);
  const runs = ours.filter(fact => isFact(fact, 'check.ran'));
  const measurements = ours.filter(fact => isFact(fact, 'promise.measured'));
  return {
    ground: groundOf(model, digests),
    now,
    names: formerNames(model),
    runs: Map.groupBy(runs, ({ payload }) => payload.check),
    measurements: Map.groupBy(measurements, ({ payload }) => payload.promise),
  };
}

type Statuses = ReadonlyMap<Address, PromiseStatus>;

/** A promise is only given one that was declared before it, so its status is known. */
const reasonsOf = (promise: Known<'promise'>, around: Surroundings, known: Statuses): readonly Reason[] => [
  ...(promise.spec.measured ? [ofMeasure(promise, around)] : []),
  ...promise.spec.checks.map(check => ofCheck(check, promise, around)),
  ...promise.spec.survives.map(
    (fault): Reason => ({
      part: { is: 'survives', fault },
      status: 'unproven',
      because: { why: 'no means', missing: 'drills' },
    }),
  ),
  ...(promise.spec.recovers ? [neverRehearsed] : []),
  ...promise.spec.given.flatMap(of => ofPremise(known.get(of))),
];

/** Nothing but a rehearsal shows how long it takes from nothing. */
const neverRehearsed: Reason = {
  part: { is: 'recovers' },
  status: 'unproven',
  because: { why: 'no means', missing: 'rehearsals' },
};

/**
 * A promise holds as long as what it is given holds. Where that is broken, this one was not seen broken: nobody can
 * say that it holds, which is unproven.
 */
function ofPremise(premise: PromiseStatus | undefined): readonly Reason[] {
  if (!premise) return [];
  const { promise, status } = premise;
  return [
    {
      part: { is: 'given', promise },
      status: status === 'broken' ? 'unproven' : status,
      because: { why: 'premise', status },
      ...(status === 'kept' ? {} : { fresh: { verb: 'promise explain', of: promise } as const }),
    },
  ];
}
