import type { PromiseMeasured } from '../../journal/evidence.ts';
import { iso } from '../../kit/clock.ts';
import { toDuration } from '../../kit/duration.ts';
import { nameIn } from '../../model/address.ts';
import { addressOf, type Known } from '../../model/resource.ts';
import { type AssertionSpec, outsideAddress } from '../../model/spec/check-spec.ts';
import type { OutsideProbeSpec } from '../../model/spec/promise-spec.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import type { Ground } from '../evidence/footing.ts';
import type { CheckOutcome, Outcome } from '../outcome.ts';
import type { SaidCheck } from './run-checks.ts';

/** What promises are measured by from outside, as checks: one question each, called as the promise is. */
export const measureChecks = (model: SystemModel): readonly SaidCheck[] =>
  resourcesOf(model, 'promise').flatMap(({ name, at, spec: { measured } }) =>
    measured?.type === 'http'
      ? [
          {
            name,
            ...(at !== undefined && { at }),
            spec: { target: outsideAddress, assertions: asked(measured) },
            derived: true,
          },
        ]
      : [],
  );

const asked = ({ url, status, within }: OutsideProbeSpec): readonly AssertionSpec[] => [
  { of: { type: 'url', url }, matcher: 'answers', given: [status], negated: false },
  { of: { type: 'latency', url, samples: 1 }, matcher: 'isBelow', given: [toDuration(within)], negated: false },
];

/** What a run measured of promises: each question, and each check that a promise is measured by, is one measurement. */
export const measurementsIn = (outcome: Outcome, model: SystemModel, ground: Ground): readonly PromiseMeasured[] =>
  resourcesOf(model, 'promise').flatMap(promise => {
    const found = measureOf(promise, outcome);
    const results = found?.results.filter(({ status }) => status !== 'unknown' && status !== 'skipped') ?? [];
    if (results.length === 0) return [];
    const good = results.some(({ status }) => status === 'failed') ? 0 : 1;
    const to = iso(Date.parse(outcome.began) + outcome.milliseconds);
    return [{ promise: addressOf(promise), good, total: 1, from: outcome.began, to, on: ground.ofMeasure(promise) }];
  });

function measureOf({ name, spec: { measured } }: Known<'promise'>, { targets }: Outcome): CheckOutcome | undefined {
  if (!measured) return undefined;
  const isIt = (one: CheckOutcome, isOutside: boolean): boolean =>
    measured.type === 'check'
      ? one.name === nameIn(measured.check)
      : isOutside && one.name === name && one.results.some(({ derived }) => derived);
  return targets.flatMap(({ address, checks }) => checks.filter(one => isIt(one, address === outsideAddress)))[0];
}
