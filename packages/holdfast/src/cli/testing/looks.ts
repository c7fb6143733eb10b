import type { Json } from '../../kit/json.ts';
import { judge, sentenceOf } from '../../model/assertion/judge.ts';
import type { AssertionSpec, SubjectSpec } from '../../model/spec/check-spec.ts';
import type { Looker } from '../../ports/looking/looker.ts';
import type { Seen } from '../../ports/provider.ts';
import { type Observation, observe } from '../../verify/look/observe.ts';
import { subjectsOf } from '../../verify/look/subject.ts';

/** What is said of a subject: the name of a matcher, which `not.` denies, and what it is given. */
export type Told = readonly [of: SubjectSpec, matcher: string, ...given: Json[]];

export const assertionOf = ([of, matcher, ...given]: Told): AssertionSpec =>
  matcher.startsWith('not.')
    ? { of, matcher: matcher.slice(4), given, negated: true }
    : { of, matcher, given, negated: false };

/** Looks at a target. */
export const looking =
  (signal: AbortSignal) =>
  (target: Seen, told: readonly Told[], lookers: readonly Looker[]): Promise<readonly Observation<Seen>[]> =>
    observe([{ target, subjects: subjectsOf(told.map(assertionOf)), lookers }], signal);

/** `proc /etc exists: ok`, or what was found in place of `ok`. */
export const verdicts = (all: readonly Observation<Seen>[]): readonly string[] =>
  all.flatMap(({ subject, looked, tier }) =>
    subject.said.map(one => {
      const { ok, found } = judge(one, looked);
      return `${tier} ${sentenceOf(one)}: ${ok ? 'ok' : found}`;
    }),
  );

export const failuresOf = (all: readonly Observation<Seen>[]): readonly string[] =>
  verdicts(all).filter(line => !line.endsWith(': ok'));

export const file = (path: string): SubjectSpec => ({ type: 'file', path });

export const command = (line: string, eventually?: number): SubjectSpec => ({
  type: 'command',
  command: ['sh', '-c', line],
  ...(eventually !== undefined && { eventually }),
});

export const port = (number: number, eventually?: number): SubjectSpec => ({
  type: 'port',
  port: number,
  protocol: 'tcp',
  ...(eventually !== undefined && { eventually }),
});
