import { someText, wholeNumber } from '../rules.ts';
import type { Matcher } from './matcher.ts';

/** What a command left when it had ended. */
export interface CommandFacts {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

type On<E extends string | number | undefined = undefined> = Matcher<CommandFacts, E>;

const exits: On<number> = {
  says: code => `exits with ${code}`,
  takes: wholeNumber(0, 255, 'these are the exit codes that there are'),
  holds: ({ exitCode }, code) => exitCode === code,
  found: ({ exitCode, stderr }) => `it exits with ${exitCode}${beginningOf(stderr, ', and says on stderr ')}`,
};

const prints: On<string> = {
  says: text => `prints ${JSON.stringify(text)}`,
  takes: someText,
  holds: ({ stdout }, text) => stdout.includes(text),
  found: facts => printed(facts.stdout, 'it prints ', facts),
};

const complains: On<string> = {
  says: text => `says ${JSON.stringify(text)} on stderr`,
  takes: someText,
  holds: ({ stderr }, text) => stderr.includes(text),
  found: ({ stderr }) => beginningOf(stderr, 'it says ') || 'it says nothing there',
};

/** What can be said of a command. */
export const commandMatchers = {
  /** It ends with this exit code. */
  exits,
  /** The text is in what it writes to stdout. */
  prints,
  /** The text is in what it writes to stderr. */
  complains,
};

const enough = 300;

const printed = (text: string, before: string, { stderr }: CommandFacts): string =>
  beginningOf(text, before) || `it prints nothing${beginningOf(stderr, ', and says on stderr ')}`;

const beginningOf = (text: string, before: string): string =>
  text.trim() ? before + JSON.stringify(text.length > enough ? `${text.slice(0, enough)}…` : text.trim()) : '';
