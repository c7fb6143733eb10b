import { describe, expect, test } from 'vitest';
import { sentenceOf } from '../../model/assertion/judge.ts';
import { matchers } from '../../model/assertion/matchers.ts';
import { insideRows } from '../../model/assertion/testing/inside-rows.ts';
import { outwardRows } from '../../model/assertion/testing/outward-rows.ts';
import { type Row, samples } from '../../model/assertion/testing/row.ts';
import { wholeRows } from '../../model/assertion/testing/whole-rows.ts';
import { patternOf } from '../../model/assertion/words/pattern.ts';
import type { AssertionSpec } from '../../model/spec/check-spec.ts';
import { exampleOf } from './deeds/example.ts';
import { isUnproven, type Sabotage } from './sabotage.ts';
import { sabotageOf, saboteurs } from './sabotage-of.ts';

const rows = [...insideRows, ...outwardRows, ...wholeRows];

const asKept = (given: unknown) => (given instanceof RegExp ? patternOf(given) : given);

const assertionOf = ({ type, matcher, given }: Row, negated: boolean): AssertionSpec => ({
  of: samples[type][0],
  matcher,
  given: given.map(asKept) as never,
  negated,
});

const all = rows.flatMap(row => [false, true].map(negated => assertionOf(row, negated)));

const nameOf = ({ of, matcher, negated }: AssertionSpec): string => `${negated ? 'not ' : ''}${of.type}.${matcher}`;

/** What is done, in as much as it differs. */
const spelled = (sabotage: Sabotage): string => JSON.stringify(sabotage);

test('each matcher of each type has a saboteur, and no saboteur is of a matcher that there is not', () => {
  for (const [type, known] of Object.entries(matchers))
    expect(Object.keys(saboteurs[type as keyof typeof matchers]).toSorted(), type).toEqual(
      Object.keys(known).toSorted(),
    );
  expect(Object.keys(saboteurs).toSorted()).toEqual(Object.keys(matchers).toSorted());
});

describe.each(all.map(one => [`${nameOf(one)}(${one.given?.join(', ')})`, one] as const))('%s', (_, assertion) => {
  test('has something done to it, or a reason why not', () => {
    const sabotage = sabotageOf('service/web', assertion);
    if (isUnproven(sabotage)) expect(sabotage.unproven).toMatch(/^[a-z].*\w$/);
    else
      expect(
        [sabotage.start, sabotage.line].some(part => part !== undefined),
        sentenceOf(assertion),
      ).toBe(true);
    expect(JSON.parse(JSON.stringify(sabotage))).toEqual(sabotage);
    expect(spelled(sabotage)).not.toMatch(/undefined|NaN|\[object/);
  });

  test('has another thing done to its opposite', () => {
    const [one, other] = [assertion, { ...assertion, negated: !assertion.negated }].map(it =>
      sabotageOf('service/web', it),
    );
    if (one && other && !isUnproven(one)) expect(spelled(one)).not.toBe(spelled(other));
  });
});

test('these can be claimed, and never be shown to be able to fail', () => {
  const unproven = all.filter(one => !one.negated && isUnproven(sabotageOf('service/web', one))).map(nameOf);
  expect([...new Set(unproven)].toSorted()).toEqual([
    'container.runsImage',
    // Of the root; elsewhere something small is put over it.
    'disk.hasFree',
    'disk.hasFreeInodes',
    'firewall.exists',
    ...['hasDigest', 'hasLayersUpTo', 'hasNoSecret', 'hasNoSetId', 'hasNoStraySetId', 'hasNoWorldWritable'].map(
      name => `image.${name}`,
    ),
    'image.isSmallerThan',
    'image.runsAs',
    ...['exists', 'hasValue', 'isAtLeast'].map(name => `kernel-parameter.${name}`),
    'memory.hasAvailable',
    'process.usesLessMemoryThan',
    'unit.isUnder',
  ]);
});

test('of a machine, and of what is outside, there is no copy', () => {
  const assertion: AssertionSpec = { of: { type: 'file', path: '/x' }, matcher: 'exists', negated: false };
  for (const target of ['host/default', 'outside/system'] as const)
    expect(sabotageOf(target, assertion)).toEqual({ unproven: expect.stringContaining('no copy') });
  expect(sabotageOf('image/web', assertion)).toEqual({ line: "rm -rf '/x'" });
});

test.each([
  [/v24/, 'v24'],
  [/^v24\.\d+\.\d+$/, 'v24.1.1'],
  [/listening|ready/i, 'listening'],
  [/[Ee]rror: .+/, 'Error: x'],
  [/^\w+ is (well)$/, 'a is well'],
  [/\bgo\b/, 'go'],
])('%s matches "%s"', (pattern, text) => {
  expect(exampleOf(patternOf(pattern))).toBe(text);
});

test('of a pattern that is too much, nothing is guessed', () => {
  const of = { type: 'file', path: '/x' } as const;
  const given = [patternOf(/^(?<year>\d{4})-\d{2}$/)];
  expect(sabotageOf('service/web', { of, matcher: 'contains', given, negated: true })).toEqual({
    unproven: 'no text comes to mind that the pattern matches',
  });
});

test('what is named in a line stands for nothing else in it', () => {
  const path = "/it's; rm -rf $HOME";
  expect(sabotageOf('service/web', { of: { type: 'file', path }, matcher: 'exists', negated: false })).toEqual({
    line: `rm -rf '/it'\\''s; rm -rf $HOME'`,
  });
});

test.each([
  [['sh', '-c', 'node --version | grep v24'], "command -v 'node'"],
  [['/app/bin/tool', 'x'], "command -v '/app/bin/tool'"],
  [['sh', '-c', 'test -f /x'], undefined],
  [['sh', '-c', 'A=1 node x'], undefined],
  [['sh', 'script'], undefined],
])('in place of what %j starts', (command, expected) => {
  const sabotage = sabotageOf('service/web', {
    of: { type: 'command', command },
    matcher: 'exits',
    given: [0],
    negated: false,
  });
  if (expected === undefined) expect(isUnproven(sabotage)).toBe(true);
  else expect(sabotage).toEqual({ line: expect.stringContaining(expected) });
});
