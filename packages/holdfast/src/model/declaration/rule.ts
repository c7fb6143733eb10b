import * as z from 'zod/mini';
import { nearest } from '../../kit/nearest.ts';
import type { ProblemParts } from '../../kit/problem.ts';
import { spell, spellPath } from './spell.ts';

/** What a value must be, in words: `must be …`. */
export interface Expectation {
  readonly is: string;
  readonly why?: string;
  readonly fix?: string | ((value: unknown) => string);
}

/** The schema of one value, which says in words what it wants. */
export const rule = <T>(expectation: Expectation, holds: (value: unknown) => boolean) =>
  z.custom<T>(holds, { params: { ...expectation } });

/** The schema of an object with these members and no others. */
export const members = <S extends z.core.$ZodLooseShape>(shape: S) =>
  z.strictObject(shape, {
    error: issue => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
  });

/** What is wrong with a value, one problem for each place in it. */
export function problemsOf(schema: z.ZodMiniType, value: unknown, subject: string): readonly ProblemParts[] {
  const result = schema.safeParse(value);
  return result.success ? [] : result.error.issues.flatMap(issue => explain(issue, value, subject));
}

function explain(issue: z.core.$ZodIssue, given: unknown, subject: string): readonly ProblemParts[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map(key => unknownKey(key, issue, subject));
  const at = issue.path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)?.[key], given);
  const place = `${subject}${issue.path.length > 0 ? ` → ${spellPath(issue.path)}` : ''}`;
  const { is, why, fix } = expectationOf(issue);
  if (issue.code === 'invalid_key') return [wrongKey(`${subject} → ${spellPath(issue.path.slice(0, -1))}`, issue)];
  if (issue.path.length === 0 && issue.code === 'invalid_type') return [noOptions(subject, at)];
  const what = at === undefined ? `${place} is missing` : `${place} is ${spell(at)}, which is not ${is}`;
  return [
    { what, why: why ?? `it must be ${is}`, fix: typeof fix === 'function' ? fix(at) : (fix ?? `give it ${is}`) },
  ];
}

function expectationOf(issue: z.core.$ZodIssue): Expectation {
  if (issue.code === 'custom') return issue.params as unknown as Expectation;
  return { is: issue.code === 'invalid_type' ? (shapes[issue.expected] ?? issue.expected) : issue.message };
}

const noOptions = (subject: string, given: unknown): ProblemParts => ({
  what: `${subject} has no options${given === undefined ? '' : `: it was given ${spell(given)} in place of them`}`,
  why: 'what it is to be stands in an object of options',
  fix: "write them as in service('web', { image, network: lan })",
});

function wrongKey(place: string, issue: z.core.$ZodIssueInvalidKey): ProblemParts {
  const key = issue.path.at(-1);
  const { is, why, fix } = expectationOf(issue.issues[0] ?? issue);
  return {
    what: `${place} has the key ${spell(key)}, which is not ${is}`,
    why: why ?? `it must be ${is}`,
    fix: typeof fix === 'function' ? fix(key) : (fix ?? `write ${is}`),
  };
}

const shapes: Readonly<Record<string, string>> = {
  object: 'an object of the form { … }',
  record: 'an object of the form { name: value, … }',
  array: 'an array of the form [ … ]',
};

function unknownKey(key: string, issue: z.core.$ZodIssue, subject: string): ProblemParts {
  const known = issue.message.split(' ');
  const meant = nearest(key, known);
  return {
    what: `${subject} → ${spellPath([...issue.path, key])} is not known here`,
    why: `a misspelt option would otherwise be silently without effect; known are ${known.join(', ')}`,
    fix: meant ? `did you mean \`${meant}\`?` : `remove \`${key}\`, or use one of the known ones`,
  };
}
