import type * as z from 'zod/mini';
import { type Duration, toMilliseconds } from '../../kit/duration.ts';
import type { Json } from '../../kit/json.ts';
import { type Callee, callSite } from '../declaration/call-site.ts';
import { holds } from '../declaration/holds.ts';
import { onlyKnown } from '../declaration/only-known.ts';
import { members } from '../declaration/rule.ts';
import { report } from '../declaration/wrong.ts';
import { duration } from '../rules.ts';
import type { AssertionSpec, PatternSpec, SubjectOf, SubjectSpec, SubjectType } from '../spec/check-spec.ts';
import type { Matcher } from './matcher.ts';
import { type Matchers, matchers } from './matchers.ts';
import { type Notes, refuseRepeated } from './notes.ts';
import { patienceWith } from './patience.ts';
import { patternOf } from './words/pattern.ts';

/** What a person gives for what is kept: a RegExp for a pattern. */
export type Spoken<A extends readonly unknown[]> = { [I in keyof A]: SpokenOne<A[I]> };
type SpokenOne<T> = T extends PatternSpec ? RegExp : T;

type Saying<M, S> = M extends { says(...given: infer A): string } ? (...given: Spoken<A>) => S : never;

/** A subject of which something is to be said, by matchers of the names `N`. */
export type Said<T extends SubjectType, N extends keyof Matchers[T] = keyof Matchers[T]> = {
  /** The opposite of what is said next. */
  readonly not: Said<T, N>;
} & { readonly [K in keyof Matchers[T] as K extends N ? K : never]: Saying<Matchers[T][K], Said<T, N>> };

/** A subject that can be given time. */
export interface Patient<S> {
  /** How long it may take until what is said next is so: until then it is looked at again. */
  eventually(deadline: Duration): S;
}

export type Subject<T extends SubjectType, N extends keyof Matchers[T] = keyof Matchers[T]> = Said<T, N> &
  Patient<Said<T, N>>;

/** One thing that can be said, and how it is kept. */
export interface Phrase {
  readonly takes: readonly z.ZodMiniType[];
  keep(given: readonly Json[]): Pick<AssertionSpec, 'matcher' | 'given'>;
}

export type Phrases = Readonly<Record<string, Phrase>>;

const phrasesOf = (of: object): Phrases =>
  Object.fromEntries(
    Object.entries<Matcher<never, never>>({ ...of }).map(([matcher, { takes = [] }]) => [
      matcher,
      { takes, keep: given => ({ matcher, ...(given.length > 0 && { given }) }) } satisfies Phrase,
    ]),
  );

/** What can be said of subjects of each type. */
const phrasesByType = Object.fromEntries(
  Object.entries(matchers).map(([type, of]) => [type, phrasesOf(of)]),
) as Readonly<Record<SubjectType, Phrases>>;

/** Names a subject; what is then said of it is noted. */
export function subjectOf<T extends SubjectType>(
  bare: SubjectOf<T>,
  notes: Notes,
  at: string,
  phrases: Phrases = phrasesByType[bare.type],
): Subject<T> {
  const usual = patienceWith(bare.type);
  const chain = (of: SubjectSpec) => {
    notes.named.set(of, { at, phrases: Object.keys(phrases) });
    return chainOf(of, phrases, notes);
  };
  const of: SubjectSpec = usual === undefined ? bare : { ...bare, eventually: usual };
  return onlyKnown({ ...chain(of), eventually }, nounOf(of)) as unknown as Subject<T>;

  function eventually(deadline: Duration): unknown {
    notes.named.delete(of);
    const fits = holds(patience, { deadline }, 'eventually', eventually);
    return chain(fits ? { ...bare, eventually: toMilliseconds(deadline) } : of);
  }
}

const patience = members({ deadline: duration });

function chainOf(of: SubjectSpec, phrases: Phrases, notes: Notes): Readonly<Record<string, unknown>> {
  const plain: Record<string, unknown> = {};
  const opposite: Record<string, unknown> = {};
  for (const [name, phrase] of Object.entries(phrases)) {
    plain[name] = saying(name, phrase, false);
    opposite[name] = saying(name, phrase, true);
  }
  const [plainly, denied] = [onlyKnown(plain, nounOf(of)), onlyKnown(opposite, nounOf(of))];
  plain.not = denied;
  opposite.not = plainly;
  return plainly;

  function saying(name: string, { takes, keep }: Phrase, negated: boolean) {
    return function say(...given: readonly unknown[]): unknown {
      notes.spoken.add(of);
      if (!areRight(name, takes, given, say) || notes.deaf) return plainly;
      const assertion: AssertionSpec = { of, ...keep(given.filter(isThere).map(plainData)), negated };
      if (!refuseRepeated(assertion, notes, () => callSite(say))) notes.assertions.push(assertion);
      return plainly;
    };
  }
}

const nounOf = (of: SubjectSpec): string => `a subject of type ${of.type === 'custom' ? of.name : of.type}`;

const isThere = (given: unknown): boolean => given !== undefined;

const plainData = (given: unknown): Json => (given instanceof RegExp ? patternOf(given) : (given as Json));

function areRight(name: string, takes: readonly z.ZodMiniType[], given: readonly unknown[], say: Callee): boolean {
  const what = `what ${name}(…) was given`;
  const right = takes.map((schema, index) => holds(schema, given[index], nth(what, takes.length, index), say));
  const extra = given.slice(takes.length).find(isThere);
  if (extra !== undefined) report({ ...tooMuch(name, takes.length), where: callSite(say) });
  return extra === undefined && right.every(Boolean);
}

const nth = (what: string, of: number, index: number): string =>
  of === 1 ? what : `${what} ${['first', 'second', 'third'][index]}`;

const tooMuch = (name: string, takes: number) => ({
  what: `${name}(…) was given more than it takes`,
  why:
    takes === 0 ? 'it takes nothing: what it says is in its name' : `it takes ${takes}, and would not look at the rest`,
  fix: `remove what is too much${takes === 0 ? `: .${name}()` : ''}`,
});
