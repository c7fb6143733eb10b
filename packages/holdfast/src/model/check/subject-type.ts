import * as z from 'zod/mini';
import type { Json } from '../../kit/json.ts';
import type { Patient, Phrase, Phrases } from '../assertion/said.ts';
import { type Comparison, comparisons } from '../assertion/software/custom.ts';
import { finite, pattern, textOrPattern } from '../assertion/words/given.ts';
import { jsonPath, jsonValue } from '../assertion/words/json-path.ts';
import { patternOf } from '../assertion/words/pattern.ts';
import { callSite } from '../declaration/call-site.ts';
import { label } from '../declaration/label.ts';
import { members, problemsOf, rule } from '../declaration/rule.ts';
import { wrong } from '../declaration/wrong.ts';
import type { Parser } from '../spec/check-spec.ts';

/** What each way of comparing compares with. */
export interface Expected {
  readonly equals: Json;
  readonly below: number;
  readonly above: number;
  readonly contains: string;
  readonly matches: RegExp;
}

/** A matcher of a type of your own: compares a fact with what is named here, or with what the matcher is given. */
export type OwnMatcher = {
  /** As a person says it, beginning with a verb: `'is the primary'`. What the matcher is given is put after it. */
  readonly says: string;
  /** Where the fact is, as in `'.role'` or `'.items[0].name'`. Default `'.'`: all that was parsed. */
  readonly fact?: string;
} & ({ readonly [C in Comparison]: { readonly [K in C]: Expected[C] } }[Comparison] | { readonly takes: Comparison });

export type OwnMatchers = Readonly<Record<string, OwnMatcher>>;

/** Where facts come from. */
export interface FactSource {
  /** Run inside the target, where it is to exit with 0. A text with anything but plain words is a line for `sh`. */
  readonly command: string | readonly string[];
  /** How what it prints is read. `'pairs'`: lines of `key: value` or `key=value`. */
  readonly parse: Parser;
}

export interface SubjectTypeOptions<A extends readonly string[], M extends OwnMatchers> {
  /** What sentences call it. */
  readonly name: string;
  /** Given the words that tell one subject of the type from another. */
  readonly facts: (...words: A) => FactSource;
  readonly matchers: M;
}

declare const matchersOf: unique symbol;

/** A type of subjects that a user added. Made by {@link subjectType}. */
export interface OwnType<A extends readonly string[], M extends OwnMatchers> {
  readonly name: string;
  readonly facts: (...words: A) => FactSource;
  readonly phrases: Phrases;
  readonly [matchersOf]?: M;
}

type SayingOwn<O, S> = O extends { takes: infer C extends Comparison } ? (expected: Expected[C]) => S : () => S;

type SaidOwn<M extends OwnMatchers> = {
  /** The opposite of what is said next. */
  readonly not: SaidOwn<M>;
} & { readonly [K in keyof M]: SayingOwn<M[K], SaidOwn<M>> };

/** A subject of a user's own type. */
export type OwnSubject<M extends OwnMatchers> = SaidOwn<M> & Patient<SaidOwn<M>>;

/**
 * A type of subjects of your own. Its facts are what a command prints inside the target; what can be said of them is
 * plain data, and is stored, shown and run as that of any other type.
 *
 * ```ts
 * const redis = subjectType({
 *   name: 'redis',
 *   facts: (section: string) => ({ command: ['redis-cli', 'info', section], parse: 'pairs' }),
 *   matchers: {
 *     isPrimary: { says: 'is the primary', fact: '.role', equals: 'master' },
 *     hasClientsBelow: { says: 'has fewer clients than', fact: '.connected_clients', takes: 'below' },
 *   },
 * })
 * check(cache, it => { it.a(redis, 'replication').isPrimary() })
 * ```
 */
export function subjectType<A extends readonly string[], const M extends OwnMatchers>(
  options: SubjectTypeOptions<A, M>,
): OwnType<A, M> {
  const [problem] = [...problemsOf(schema, options, 'subjectType'), ...wrongMatchers(options)];
  if (problem) throw wrong({ where: callSite(subjectType), ...problem });
  const { name, facts, matchers } = options;
  const phrases = Object.entries(matchers).map(([key, one]) => [key, phraseOf(one)] as const);
  return { name, facts, phrases: Object.fromEntries(phrases) };
}

/** What can be compared with, by each way of comparing. */
const expected: Readonly<Record<Comparison, z.ZodMiniType>> = {
  equals: jsonValue,
  below: finite,
  above: finite,
  contains: textOrPattern,
  matches: pattern,
};

const ways = Object.keys(comparisons) as Comparison[];

const verb = rule<string>(
  {
    is: 'words that begin with a verb',
    why: 'a sentence is the subject and these words, and its opposite denies the verb',
    fix: "write them as in 'is the primary', 'has role' or 'answers'",
  },
  value => typeof value === 'string' && /^(can|[a-z]+s)( \S+)*$/.test(value),
);

const ownMatcher = members({
  says: verb,
  fact: z.optional(jsonPath),
  takes: z.optional(
    rule<Comparison>({ is: `one of ${ways.join(', ')}`, why: 'these are the ways to compare' }, value =>
      ways.some(one => one === value),
    ),
  ),
  ...Object.fromEntries(ways.map(way => [way, z.optional(expected[way])])),
});

const callback = rule<() => void>(
  {
    is: 'a function that says which command tells the facts',
    fix: "write facts: (name: string) => ({ command: ['redis-cli', 'info', name], parse: 'pairs' })",
  },
  value => typeof value === 'function',
);

const schema = members({ name: label, facts: callback, matchers: z.record(z.string(), ownMatcher) });

const reserved = ['not', 'eventually'];

function wrongMatchers({ name, matchers }: { readonly name: string; readonly matchers: OwnMatchers }) {
  const all = Object.entries(Object(matchers) as OwnMatchers);
  if (all.length === 0) return [noMatchers(name)];
  return all.flatMap(([key, one]) => [
    ...(reserved.includes(key) ? [takenName(key)] : []),
    ...(waysOf(one).length === 1 ? [] : [notOneWay(key, waysOf(one).length)]),
  ]);
}

const waysOf = (one: OwnMatcher): readonly string[] =>
  ['takes', ...ways].filter(way => Object.hasOwn(Object(one), way));

const noMatchers = (name: string) => ({
  what: `subject type "${name}" has no matchers`,
  why: 'nothing could be said of such a subject',
  fix: "give it one: matchers: { isPrimary: { says: 'is the primary', fact: '.role', equals: 'master' } }",
});

const takenName = (key: string) => ({
  what: `a matcher is called ${key}`,
  why: 'every subject has a member of that name already',
  fix: 'call it otherwise',
});

const notOneWay = (key: string, amount: number) => ({
  what: `matcher ${key} compares its fact ${amount === 0 ? 'with nothing' : 'in several ways'}`,
  why: amount === 0 ? 'it could not fail' : 'a sentence says one thing',
  fix: `give it one of ${ways.join(', ')}; or takes: 'equals', where it is told when it is used`,
});

function phraseOf({ says, fact = '.', ...one }: OwnMatcher): Phrase {
  if ('takes' in one) {
    const { takes } = one;
    return {
      takes: [expected[takes]],
      keep: ([given = null]) => compared(`${says} ${spell(given)}`, fact, takes, given),
    };
  }
  const [[way, value] = ['equals', null]] = Object.entries(one) as [Comparison, Json | RegExp][];
  const given = value instanceof RegExp ? patternOf(value) : value;
  return { takes: [], keep: () => compared(says, fact, way as Comparison, given) };
}

const compared = (...given: readonly [words: string, fact: string, how: Comparison, expected: Json]) => ({
  matcher: 'compares',
  given,
});

const spell = (given: Json): string =>
  typeof given === 'object' && given !== null && 'pattern' in given
    ? `/${given.pattern}/${given.flags}`
    : JSON.stringify(given);
