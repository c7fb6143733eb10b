import type { AssertionSpec, SubjectSpec, SubjectType } from '../spec/check-spec.ts';
import { type CommandFacts, commandMatchers } from './command.ts';
import { type FileFacts, fileMatchers } from './file.ts';
import type { Expected, Looked, Matcher } from './matcher.ts';
import { type HttpFacts, httpMatchers, type PortFacts, portMatchers } from './port.ts';
import { type UserFacts, userMatchers } from './user.ts';

/** What can be said of subjects of each type. */
export const matchers = {
  command: commandMatchers,
  file: fileMatchers,
  user: userMatchers,
  port: portMatchers,
  http: httpMatchers,
} as const satisfies Record<SubjectType, object>;

/** What is known of subjects of each type. */
export interface FactsOf {
  readonly command: CommandFacts;
  readonly file: FileFacts;
  readonly user: UserFacts;
  readonly port: PortFacts;
  readonly http: HttpFacts;
}

export interface Verdict {
  readonly ok: boolean;
  /** As in `has mode 0644`. */
  readonly expected: string;
  /** As in `mode 0600`. */
  readonly found: string;
}

/** Whether what is said holds, and what there is. Pure. */
export function judge(assertion: AssertionSpec, looked: Looked<FactsOf[SubjectType]>): Verdict {
  const matcher = matcherOf(assertion);
  const expected = wordsOf(assertion);
  if ('unknown' in looked) return { ok: false, expected, found: looked.unknown };
  // What is not there has no other mode than the one denied: that would hold whatever happens.
  if ('missing' in looked)
    return { ok: assertion.negated && matcher.isOfPresence === true, expected, found: looked.missing };
  const holds = matcher.holds(looked.facts, assertion.expected);
  return { ok: holds !== assertion.negated, expected, found: matcher.found(looked.facts, assertion.expected) };
}

/** `/app/server.js has mode 0644`. */
export const sentenceOf = (assertion: AssertionSpec): string => `${spellSubject(assertion.of)} ${wordsOf(assertion)}`;

function wordsOf(assertion: AssertionSpec): string {
  const words = matcherOf(assertion).says(assertion.expected);
  return assertion.negated ? denied(words) : words;
}

/** `is a file` → `is not a file`; `has mode 0644` → `does not have mode 0644`. */
function denied(words: string): string {
  const [verb = '', ...rest] = words.split(' ');
  if (verb === 'is') return ['is not', ...rest].join(' ');
  return ['does not', verb === 'has' ? 'have' : verb.replace(/s$/, ''), ...rest].join(' ');
}

function matcherOf({ of, matcher }: AssertionSpec): Matcher<unknown, Expected> {
  const found = (matchers[of.type] as Readonly<Record<string, Matcher<unknown, Expected>>>)[matcher];
  if (!found) throw new Error(`nobody knows what "${matcher}" says of a ${of.type}`);
  return found;
}

export function spellSubject(of: SubjectSpec): string {
  if (of.type === 'command') return `\`${spellCommand(of.command)}\``;
  if (of.type === 'file') return of.path;
  if (of.type === 'user') return `user ${of.name}`;
  return of.type === 'port' ? `port ${of.port}` : `GET ${of.path} on port ${of.port}`;
}

/** A line for a shell as the line itself. */
function spellCommand(command: readonly string[]): string {
  const [shell, flag, line] = command;
  if (shell === 'sh' && flag === '-c' && line !== undefined && command.length === 3) return line;
  return command.map(word => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');
}
