import * as z from 'zod/mini';
import { rule } from '../../declaration/rule.ts';
import type { CronEntry, CronFacts } from '../facts/machine.ts';
import type { Matcher } from '../matcher.ts';
import { listed } from '../words/found.ts';
import { textOrPattern } from '../words/given.ts';
import { isIn, spellWanted, type TextPattern } from '../words/pattern.ts';

const schedule = rule<string>(
  { is: 'a schedule of cron', why: 'it has five fields, or is a word', fix: "write it as in '0 3 * * *' or '@daily'" },
  value => typeof value === 'string' && (/^@[a-z]+$/.test(value) || /^\S+( \S+){4}$/.test(value)),
);

const found = ({ entries }: CronFacts): string => listed(entries.map(spellEntry), 'nothing is in it');

const spellEntry = ({ schedule: when, command }: CronEntry): string => `${when} ${command}`;

const runs: Matcher<CronFacts, [command: TextPattern, schedule?: string]> = {
  says: (command, when) => `runs ${spellWanted(command)}${when === undefined ? '' : ` at ${when}`}`,
  takes: [textOrPattern, z.optional(schedule)],
  holds: ({ entries }, wanted, when) =>
    entries.some(({ command, schedule: at }) => isIn(wanted, command) && (when === undefined || at === when)),
  found,
};

const isEmpty: Matcher<CronFacts> = { says: () => 'is empty', holds: ({ entries }) => entries.length === 0, found };

/** What can be said of what cron runs as a user. */
export const cronMatchers = {
  /** An entry has the text in its command, or matches the pattern; and this schedule, where one is given. */
  runs: runs,
  isEmpty,
};
