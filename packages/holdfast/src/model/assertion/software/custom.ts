import { canonical, type Json, sameJson } from '../../../kit/json.ts';
import type { Parser } from '../../spec/check-spec.ts';
import type { CommandFacts, CustomFacts } from '../facts/software.ts';
import type { Looked, Matcher } from '../matcher.ts';
import { beginningOf, shortened } from '../words/found.ts';
import { valueAt } from '../words/json-path.ts';
import { isIn, type TextPattern } from '../words/pattern.ts';

/** How a fact is compared with what is expected of it. */
export const comparisons = {
  equals: (fact: Json, expected: Json) => sameJson(fact, expected),
  below: (fact: Json, expected: Json) => Number(fact) < Number(expected),
  above: (fact: Json, expected: Json) => Number(fact) > Number(expected),
  contains: (fact: Json, expected: Json) =>
    Array.isArray(fact) ? fact.some(item => sameJson(item, expected)) : isIn(String(expected), textOf(fact)),
  matches: (fact: Json, expected: Json) => isIn(expected as TextPattern, textOf(fact)),
};

export type Comparison = keyof typeof comparisons;

const textOf = (fact: Json): string => (typeof fact === 'string' ? fact : canonical(fact));

/** The one matcher that those of a user's own types come down to. */
const compares: Matcher<CustomFacts, [words: string, fact: string, how: Comparison, expected: Json]> = {
  says: words => words,
  holds: ({ value }, _, fact, how, expected) => {
    const found = valueAt(value, fact);
    return found !== undefined && comparisons[how](found, expected);
  },
  found: ({ value }, _, fact) => {
    const found = valueAt(value, fact);
    return found === undefined ? `there is nothing at ${fact}` : shortened(canonical(found));
  },
};

export const customMatchers = { compares };

/** The facts of what a command left. */
export function factsOfCommand(parse: Parser, { exitCode, stdout, stderr }: CommandFacts): Looked<CustomFacts> {
  if (exitCode !== 0) return { unknown: `its command exits with ${exitCode}${beginningOf(stderr, ': ')}` };
  const value = parsers[parse](stdout);
  return value === undefined
    ? { unknown: `what its command prints is no ${parse}: ${beginningOf(stdout) || 'nothing'}` }
    : { facts: { value } };
}

const parsers: Readonly<Record<Parser, (text: string) => Json | undefined>> = {
  text: text => text.trim(),
  number: text => (text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined),
  lines: text => linesOf(text),
  pairs: text => Object.fromEntries(linesOf(text).flatMap(pairOf)),
  json: text => {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  },
};

const linesOf = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(Boolean);

function pairOf(line: string): readonly (readonly [string, Json])[] {
  const [, key, value = ''] = /^([^:=]+?)\s*[:=]\s*(.*)$/.exec(line) ?? [];
  return key === undefined ? [] : [[key, value !== '' && Number.isFinite(Number(value)) ? Number(value) : value]];
}
