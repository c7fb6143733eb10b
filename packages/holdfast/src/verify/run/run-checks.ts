import type { Clock } from '../../kit/clock.ts';
import { canonical } from '../../kit/json.ts';
import { type Address, kindOf, nameIn } from '../../model/address.ts';
import { sentenceOf } from '../../model/assertion/judge.ts';
import type { Known } from '../../model/resource.ts';
import { type AssertionSpec, outsideAddress } from '../../model/spec/check-spec.ts';
import type { Looker } from '../../ports/looking/looker.ts';
import { type Observation, observe } from '../look/observe.ts';
import { subjectsOf } from '../look/subject.ts';
import type { CheckOutcome, Outcome, Result, TargetOutcome } from '../outcome.ts';
import type { FindPlaces, Place, Places } from './place.ts';
import {
  goneResult,
  resultIn,
  type SeenIn,
  shortResult,
  shownResult,
  skippedResult,
  unknownResult,
  waived,
} from './result.ts';

/** A check, said by somebody or derived from a declaration. */
export interface SaidCheck extends Pick<Known<'check'>, 'name' | 'spec' | 'at'> {
  readonly derived?: boolean;
}

export interface Run {
  readonly about: Pick<Outcome, 'system' | 'environment' | 'release'>;
  /** In the order in which they are told. */
  readonly checks: readonly SaidCheck[];
  readonly placesOf: FindPlaces;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Looks at all that checks say, at all targets at once. Throws for nothing but an abort. */
export async function runChecks({ about, checks, placesOf, clock, signal }: Run): Promise<Outcome> {
  const [began, since] = [clock(), performance.now()];
  const byTarget = [...Map.groupBy(checks, ({ spec }) => spec.target)];
  const placed = await Promise.all(
    byTarget.map(async ([target, said]) => ({ target, said, found: await placesOf(target) })),
  );
  const seen = await lookedAt(placed, signal);
  return {
    ...about,
    began: new Date(began).toISOString(),
    milliseconds: Math.round(performance.now() - since),
    targets: placed.map(one => toldOf(one, seen, clock())),
  };
}

interface Placed {
  readonly target: Address;
  readonly said: readonly SaidCheck[];
  readonly found: Places;
}

/** What was seen of each subject in each place. */
type Seen = ReadonlyMap<Place, ReadonlyMap<string, Observation<unknown>>>;

async function lookedAt(placed: readonly Placed[], signal: AbortSignal): Promise<Seen> {
  const wanted = placed.flatMap(({ said, found }) => {
    const assertions = said.flatMap(({ spec }) => spec.assertions);
    if (!('places' in found)) return [];
    return found.places.map(place => ({ place, subjects: subjectsOf(assertions.filter(isOpenAt(place))) }));
  });
  const targets = wanted.map(({ place, subjects }) => ({
    target: place,
    subjects,
    lookers: place.lookers.map(atPlace),
  }));
  const observed = await observe(targets, signal);
  const byPlace = Map.groupBy(observed, ({ target }) => target);
  return new Map(
    [...byPlace].map(([place, all]) => [place, new Map(all.map(one => [canonical(one.subject.of), one]))]),
  );
}

const isOpenAt = (place: Place) => (assertion: AssertionSpec) =>
  !isShown(assertion, place) && place.leaves?.(assertion.of) === undefined;

const isShown = (assertion: AssertionSpec, { shown }: Place): boolean => shown?.has(sentenceOf(assertion)) === true;

/** Two places may be of one target, as where two checks ask the world. */
const atPlace = ({ look, ...looker }: Looker<unknown>): Looker<Place> => ({
  ...looker,
  look: (place, asked, signal) => look(place.target, asked, signal),
});

const toldOf = ({ target, said, found }: Placed, seen: Seen, now: number): TargetOutcome => ({
  address: target,
  title: titleOf(target),
  checks: said.map(check => checked(check, found, seen, now)),
});

/** As a person calls it. */
function titleOf(target: Address): string {
  if (target === outsideAddress) return 'from outside';
  return `${kindOf(target)} ${nameIn(target)}`;
}

const checked = (
  { name, at = '', spec, derived }: SaidCheck,
  found: Places,
  seen: Seen,
  now: number,
): CheckOutcome => ({
  name,
  at,
  results: spec.assertions
    .map(assertion => waived(resultFor(assertion, found, seen), spec, now))
    .map((result): Result => (derived ? { ...result, derived } : result)),
});

function resultFor(assertion: AssertionSpec, found: Places, seen: Seen): Result {
  if ('gone' in found) return goneResult(assertion, found.gone);
  if ('nowhere' in found) return unknownResult(assertion, found.nowhere);
  const [shown] = found.places.filter(place => isShown(assertion, place));
  if (shown) return shownResult(assertion, shown);
  const [left] = found.places.flatMap(place => place.leaves?.(assertion.of) ?? []);
  if (left !== undefined) return skippedResult(assertion, left);
  const all = found.places.flatMap((place): SeenIn[] => {
    const observation = seen.get(place)?.get(canonical(assertion.of));
    return observation ? [{ place, observation }] : [];
  });
  const result = resultIn(assertion, all);
  return found.missing === undefined ? result : shortResult(assertion, result, found.missing);
}
