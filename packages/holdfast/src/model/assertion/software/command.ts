import type { Json } from '../../../kit/json.ts';
import { wholeNumber } from '../../rules.ts';
import type { CommandFacts } from '../facts/software.ts';
import type { Matcher } from '../matcher.ts';
import { beginningOf } from '../words/found.ts';
import { textOrPattern } from '../words/given.ts';
import { foundAt, isAt, jsonPath, jsonValue } from '../words/json-path.ts';
import { isIn, spellWanted, type TextPattern } from '../words/pattern.ts';

type On<A extends readonly Json[] = []> = Matcher<CommandFacts, A>;

const exits: On<[code: number]> = {
  says: code => `exits with ${code}`,
  takes: [wholeNumber(0, 255, 'these are the exit codes that there are')],
  holds: ({ exitCode }, code) => exitCode === code,
  found: ({ exitCode, stderr }) => `it exits with ${exitCode}${beginningOf(stderr, ', and says on stderr ')}`,
};

const prints: On<[text: TextPattern]> = {
  says: text => `prints ${spellWanted(text)}`,
  takes: [textOrPattern],
  holds: ({ stdout }, text) => isIn(text, stdout),
  found: facts => printed(facts),
};

const printsNothing: On = {
  says: () => 'prints nothing',
  denies: () => 'prints something',
  holds: ({ stdout }) => stdout.trim() === '',
  found: facts => printed(facts),
};

const printsJson: On<[path: string, value: Json]> = {
  says: (path, value) => `prints JSON with ${JSON.stringify(value)} at ${path}`,
  takes: [jsonPath, jsonValue],
  holds: ({ stdout }, path, value) => isAt(stdout, path, value),
  found: ({ stdout }, path) => foundAt(stdout, path),
};

const complains: On<[text: TextPattern]> = {
  says: text => `says ${spellWanted(text)} on stderr`,
  takes: [textOrPattern],
  holds: ({ stderr }, text) => isIn(text, stderr),
  found: ({ stderr }) => beginningOf(stderr, 'it says ') || 'it says nothing there',
};

const complainsOfNothing: On = {
  says: () => 'says nothing on stderr',
  denies: () => 'says something on stderr',
  holds: ({ stderr }) => stderr.trim() === '',
  found: ({ stderr }) => beginningOf(stderr, 'it says ') || 'it says nothing there',
};

/** What can be said of a command. */
export const commandMatchers = {
  /** It ends with this exit code. */
  exits,
  /** The text is in what it writes to stdout, or the pattern matches somewhere. */
  prints,
  printsNothing,
  /** What it writes to stdout is JSON, and has this value at a path such as `'.items[0].name'`. */
  printsJson,
  /** The text is in what it writes to stderr, or the pattern matches somewhere. */
  complains,
  complainsOfNothing,
};

const printed = ({ stdout, stderr }: CommandFacts): string =>
  beginningOf(stdout, 'it prints ') || `it prints nothing${beginningOf(stderr, ', and says on stderr ')}`;
