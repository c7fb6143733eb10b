import type { LogFacts } from '../facts/machine.ts';
import type { Matcher } from '../matcher.ts';
import { beginningOf, counted } from '../words/found.ts';
import { textOrPattern } from '../words/given.ts';
import { isIn, spellWanted, type TextPattern } from '../words/pattern.ts';

const hasLine: Matcher<LogFacts, [text: TextPattern]> = {
  says: text => `has a line with ${spellWanted(text)}`,
  denies: text => `has no line with ${spellWanted(text)}`,
  takes: [textOrPattern],
  holds: ({ lines }, text) => lines.some(line => isIn(text, line)),
  found: ({ lines }, text) => {
    const line = lines.findLast(one => isIn(text, one));
    return line === undefined ? `${counted(lines.length, 'line')} without it${lastOf(lines)}` : beginningOf(line);
  },
};

const lastOf = (lines: readonly string[]): string => beginningOf(lines.at(-1) ?? '', ', the last: ');

/** What can be said of a log. */
export const logMatchers = {
  /** One of its lines has the text in it, or matches the pattern. */
  hasLine,
};
