import { holds } from '../declaration/holds.ts';
import { report } from '../declaration/wrong.ts';
import type { AssertionSpec, SubjectOf, SubjectType } from '../spec/check-spec.ts';
import { matchers, spellSubject } from './judge.ts';
import type { Expected, Matcher } from './matcher.ts';

type Matchers = typeof matchers;

type Saying<M, S> = M extends Matcher<infer _, infer E> ? (undefined extends E ? () => S : (expected: E) => S) : never;

/** A subject of which something is to be said. */
export type Said<T extends SubjectType> = {
  /** The opposite of what is said next. */
  readonly not: Said<T>;
} & { readonly [N in keyof Matchers[T]]: Saying<Matchers[T][N], Said<T>> };

/** Where assertions are written down while a check is declared. */
export interface Notes {
  readonly assertions: AssertionSpec[];
  /** Where each subject was named. */
  readonly named: Map<SubjectOf<SubjectType>, string>;
  /** Those of which something was said, right or wrong. */
  readonly spoken: Set<SubjectOf<SubjectType>>;
}

/** Names a subject; what is then said of it is noted. */
export function saidOf<T extends SubjectType>(of: SubjectOf<T>, notes: Notes, at: string): Said<T> {
  notes.named.set(of, at);
  const plain: Record<string, unknown> = {};
  const opposite: Record<string, unknown> = {};
  for (const [name, matcher] of Object.entries<Matcher<never, never>>(matchers[of.type])) {
    const takes = matcher as unknown as Matcher<unknown, Expected>;
    plain[name] = saying(name, takes, false);
    opposite[name] = saying(name, takes, true);
  }
  plain.not = opposite;
  opposite.not = plain;
  return plain as Said<T>;

  function saying(name: string, { takes }: Matcher<unknown, Expected>, negated: boolean) {
    return function say(expected?: string | number): unknown {
      notes.spoken.add(of);
      if (takes && !holds(takes, expected, `what ${name}(…) was given`, say)) return plain;
      notes.assertions.push({ of, matcher: name, ...(takes && expected !== undefined && { expected }), negated });
      return plain;
    };
  }
}

/** Tells of subjects of which nothing was said: that could not fail. */
export function refuseUnsaid({ named, spoken }: Notes): void {
  for (const [of, where] of [...named].filter(([of]) => !spoken.has(of)))
    report({
      what: `nothing is said of ${spellSubject(of)}`,
      where,
      why: 'a check that asserts nothing can never fail, and would pass for a proof',
      fix: `say what must be so: .${Object.keys(matchers[of.type]).join('(…), .')}(…)`,
    });
}
