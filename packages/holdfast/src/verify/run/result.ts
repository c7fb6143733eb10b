import { nameIn } from '../../model/address.ts';
import { judge, sentenceOf } from '../../model/assertion/judge.ts';
import { hasExpired, waiverOf } from '../../model/assertion/waived.ts';
import type { AssertionSpec, CheckSpec } from '../../model/spec/check-spec.ts';
import { resultOf } from '../look/results.ts';
import type { Observation } from '../look/rounds.ts';
import { isMissed, type Missed, type Result, under, type Waiver } from '../outcome.ts';
import type { Place } from './place.ts';

/** What was seen of one subject in one place. */
export interface SeenIn {
  readonly place: Place;
  readonly observation: Observation<unknown>;
}

/** A sentence of which nothing could be looked at. */
export const unknownResult = (assertion: AssertionSpec, found: string): Missed => ({
  status: 'unknown',
  sentence: sentenceOf(assertion),
  expected: judge(assertion, { unknown: found }).expected,
  found,
  milliseconds: 0,
  tier: 'api',
});

/** A sentence of what is not there. */
export const goneResult = (assertion: AssertionSpec, found: string): Missed => ({
  ...unknownResult(assertion, found),
  status: 'failed',
});

/** A sentence of which more places ought to tell than those that there are. */
export const shortResult = (assertion: AssertionSpec, result: Result, missing: string): Result =>
  isMissed(result)
    ? { ...result, found: `${result.found}; ${missing}` }
    : { ...goneResult(assertion, missing), milliseconds: result.milliseconds, tier: result.tier };

export const skippedResult = (assertion: AssertionSpec, why: string): Result => ({
  status: 'skipped',
  sentence: sentenceOf(assertion),
  why,
  milliseconds: 0,
  tier: 'layers',
});

/** A sentence that was shown of the same digest before. */
export const shownResult = (assertion: AssertionSpec, { digest }: Place): Result => ({
  status: 'passed',
  sentence: sentenceOf(assertion),
  milliseconds: 0,
  tier: 'layers',
  ...(digest !== undefined && { digest }),
});

/** What became of a sentence, wherever it was looked at: it holds where it holds in all places. */
export function resultIn(assertion: AssertionSpec, seen: readonly SeenIn[]): Result {
  const all = seen.map(({ place, observation }) => ({ place, result: resultOf(assertion, observation) }));
  const wrong = all.flatMap(({ place, result }) => (isMissed(result) ? [{ place, result }] : []));
  const milliseconds = Math.round(Math.max(0, ...all.map(({ result }) => result.milliseconds)));
  const [first] = wrong;
  if (first) return { ...first.result, milliseconds, ...(all.length > 1 && { found: wrong.map(told).join('; ') }) };
  const [one] = all;
  if (!one) return unknownResult(assertion, 'nobody looked');
  const readyAfter = Math.round(Math.max(0, ...all.map(({ result }) => result.readyAfter ?? 0)));
  const { digest } = one.place;
  return {
    ...one.result,
    milliseconds,
    ...(readyAfter > 0 && { readyAfter }),
    ...(digest !== undefined && { digest }),
  };
}

const told = ({ place, result }: { readonly place: Place; readonly result: Missed }): string =>
  `${place.name}: ${result.found}`;

/** With the waiver that the check has for it. `now`: milliseconds since 1970. */
export function waived(result: Result, spec: Pick<CheckSpec, 'waivers'>, now: number): Result {
  const found = waiverOf(spec, result.sentence);
  if (!found) return result;
  const { owner, because, until } = found;
  const waiver: Waiver = { owner: nameIn(owner), because, until, expired: hasExpired(found, now) };
  return under(waiver, result);
}
