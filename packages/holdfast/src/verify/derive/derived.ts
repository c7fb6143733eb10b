import type { Json } from '../../kit/json.ts';
import type { Matchers } from '../../model/assertion/matchers.ts';
import { patienceWith } from '../../model/assertion/patience.ts';
import type { Known } from '../../model/resource.ts';
import type { AssertionSpec, CheckSpec, SubjectOf, SubjectSpec, SubjectType } from '../../model/spec/check-spec.ts';

/** What follows from the declaration itself, so that nobody has to say it. */
export interface DerivedAssertion extends AssertionSpec {
  /** What it follows from, for people: `service web declares port http`. */
  readonly derivedFrom: string;
}

/** All that follows for one target, as a check that somebody wrote would say it. */
export interface DerivedCheck extends Pick<Known<'check'>, 'name' | 'at'> {
  readonly spec: Omit<CheckSpec, 'assertions'> & { readonly assertions: readonly DerivedAssertion[] };
  readonly derived: true;
}

export const isDerived = (assertion: AssertionSpec): assertion is DerivedAssertion => 'derivedFrom' in assertion;

type MatcherOf<T extends SubjectType> = keyof Matchers[T] & string;

/** Says something of a subject, which has the time that it has where a person says it. */
export const follows = <T extends SubjectType>(
  derivedFrom: string,
  of: SubjectOf<T>,
  matcher: MatcherOf<T>,
  ...given: readonly Json[]
): DerivedAssertion => ({
  of: patiently(of),
  matcher,
  ...(given.length > 0 && { given }),
  negated: false,
  derivedFrom,
});

export const denied = (assertion: DerivedAssertion): DerivedAssertion => ({ ...assertion, negated: true });

function patiently(of: SubjectSpec): SubjectSpec {
  const eventually = of.eventually ?? patienceWith(of.type);
  return eventually === undefined ? of : { ...of, eventually };
}
