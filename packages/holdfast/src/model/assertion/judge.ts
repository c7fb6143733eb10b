import type { Json } from '../../kit/json.ts';
import type { AssertionSpec, SubjectType } from '../spec/check-spec.ts';
import type { FactsOf } from './facts/facts-of.ts';
import type { Looked, Matcher } from './matcher.ts';
import { matchers } from './matchers.ts';
import { spellPatience } from './patience.ts';
import { spellSubject } from './subject.ts';

export interface Verdict {
  readonly ok: boolean;
  /** As in `has mode 0644`. */
  readonly expected: string;
  /** As in `mode 0600`. */
  readonly found: string;
}

type Facts = FactsOf[SubjectType];

/** Whether what is said holds, and what there is. Pure. */
export function judge(assertion: AssertionSpec, looked: Looked<Facts>): Verdict {
  const { given = [], negated } = assertion;
  const matcher = matcherOf(assertion);
  const expected = wordsOf(assertion);
  if ('unknown' in looked) return { ok: false, expected, found: looked.unknown };
  // What is not there has no other mode than the one denied: that would hold whatever happens.
  if ('missing' in looked) return { ok: negated && matcher.isOfPresence === true, expected, found: looked.missing };
  if (isUnread(matcher, looked.facts)) return { ok: false, expected, found: whyUnread(matcher, looked.facts) };
  const holds = matcher.holds(looked.facts, ...given);
  return { ok: holds !== negated, expected, found: matcher.found(looked.facts, ...given) };
}

const isUnread = ({ reads }: KnownMatcher, facts: Facts): boolean =>
  reads !== undefined && (facts as unknown as Readonly<Record<string, unknown>>)[reads] === undefined;

const whyUnread = ({ reads, unread }: KnownMatcher, facts: Facts): string =>
  unread?.(facts) ?? `nobody looked at its ${reads}`;

/** The facts that are read only where something is said of them: `content`, `sha256`. */
export const factsWanted = (assertions: readonly AssertionSpec[]): ReadonlySet<string> =>
  new Set(assertions.flatMap(assertion => matcherOf(assertion).reads ?? []));

/** `/app/server.js has mode 0644`. */
export const sentenceOf = (assertion: AssertionSpec): string =>
  `${spellSubject(assertion.of)} ${wordsOf(assertion)}${spellPatience(assertion.of)}`;

function wordsOf(assertion: AssertionSpec): string {
  const { given = [], negated } = assertion;
  const matcher = matcherOf(assertion);
  if (!negated) return matcher.says(...given);
  return matcher.denies?.(...given) ?? denied(matcher.says(...given));
}

/** `is a file` → `is not a file`; `has mode 0644` → `does not have mode 0644`. */
function denied(words: string): string {
  const [verb = '', ...rest] = words.split(' ');
  if (verb === 'is' || verb === 'was') return [verb, 'not', ...rest].join(' ');
  if (verb === 'can') return ['cannot', ...rest].join(' ');
  return ['does not', infinitive(verb), ...rest].join(' ');
}

function infinitive(verb: string): string {
  if (verb === 'has') return 'have';
  if (verb.endsWith('ies')) return verb.replace(/ies$/, 'y');
  return verb.replace(/(?<=ss|sh|ch|x|o)es$|s$/, '');
}

type KnownMatcher = Matcher<Facts, readonly Json[]>;

/** The parameters of those in the table are all of `Json`: what was noted was checked by their schemas. */
function matcherOf({ of, matcher }: AssertionSpec): KnownMatcher {
  const found = (matchers[of.type] as Readonly<Record<string, unknown>>)[matcher];
  if (!found) throw new Error(`nobody knows what "${matcher}" says of a ${of.type}`);
  return found as KnownMatcher;
}
