import { judge, sentenceOf } from '../../model/assertion/judge.ts';
import type { AssertionSpec } from '../../model/spec/check-spec.ts';
import type { Result } from '../outcome.ts';
import type { Observation } from './rounds.ts';

/** What became of one thing that was said of a subject, by what was seen of it. */
export function resultOf(assertion: AssertionSpec, observation: Observation<unknown>): Result {
  const { looked, tier, milliseconds, readyAfter } = observation;
  const { ok, expected, found } = judge(assertion, looked);
  const told = {
    sentence: sentenceOf(assertion),
    milliseconds,
    tier,
    ...(readyAfter !== undefined && { readyAfter }),
  };
  if (ok) return { ...told, status: 'passed' };
  return { ...told, status: 'unknown' in looked ? 'unknown' : 'failed', expected, found };
}
