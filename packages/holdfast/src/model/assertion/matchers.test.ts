import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AssertionSpec, SubjectSpec, SubjectType } from '../spec/check-spec.ts';
import type { FactsOf } from './facts/facts-of.ts';
import { factsWanted, judge, sentenceOf } from './judge.ts';
import type { Looked } from './matcher.ts';
import { matchers } from './matchers.ts';
import { emptyNotes } from './notes.ts';
import { subjectOf } from './said.ts';
import { insideRows } from './testing/inside-rows.ts';
import { outwardRows } from './testing/outward-rows.ts';
import { type Row, samples } from './testing/row.ts';
import { wholeRows } from './testing/whole-rows.ts';

type Chain = Readonly<Record<string, (...given: readonly unknown[]) => unknown>> & { readonly not: Chain };

/** As a user says it: what is wrong would throw. */
function said({ type, matcher, given }: Row, negated = false): AssertionSpec {
  const notes = emptyNotes();
  const chain = subjectOf(samples[type][0] as never, notes, '') as unknown as Chain;
  // Those of a user's own types take what they compare with from the type.
  if (type === 'custom') return { of: samples.custom[0], matcher, given: given as never, negated };
  (negated ? chain.not : chain)[matcher]?.(...given);
  const [assertion] = notes.assertions;
  if (!assertion) throw new Error(`${type} does not take ${matcher}`);
  return assertion;
}

const seen = (sight: object | 'missing'): Looked<FactsOf[SubjectType]> =>
  sight === 'missing' ? { missing: 'gone' } : { facts: sight as FactsOf[SubjectType] };

const all = [...insideRows, ...outwardRows, ...wholeRows];

test('each matcher of each type is in the tables', () => {
  const known = Object.entries(matchers).flatMap(([type, of]) => Object.keys(of).map(name => `${type}.${name}`));
  expect(known.filter(name => !all.some(({ type, matcher }) => `${type}.${matcher}` === name))).toEqual([]);
});

describe.each(all.map(row => [`${row.type}.${row.matcher}(${row.given.join(', ')})`, row] as const))('%s', (_, row) => {
  test('reads as a sentence, and so does its opposite', () => {
    const [, spelled] = samples[row.type];
    expect(sentenceOf(said(row))).toBe(`${spelled} ${row.says}`);
    expect(sentenceOf(said(row, true))).toBe(`${spelled} ${row.denies}`);
  });

  test('holds of what is so', () => {
    expect(judge(said(row), seen(row.right))).toMatchObject({ ok: true, expected: row.says });
    expect(judge(said(row, true), seen(row.right))).toMatchObject({ ok: false, expected: row.denies });
  });

  test('fails of what is not so, and says what was found', () => {
    expect(judge(said(row), seen(row.wrong))).toEqual({ ok: false, expected: row.says, found: row.found });
    expect(judge(said(row, true), seen(row.wrong)).ok).toBe(true);
  });

  test('fails either way where nobody could look, or did not look at the fact', () => {
    const [reads] = factsWanted([said(row)]);
    const unread = { facts: { ...(row.right as FactsOf[SubjectType]), ...(reads && { [reads]: undefined }) } };
    for (const negated of [false, true]) {
      expect(judge(said(row, negated), { unknown: 'the container is gone' }).ok).toBe(false);
      if (reads)
        expect(judge(said(row, negated), unread)).toMatchObject({
          ok: false,
          found: expect.stringMatching(/^nobody (looked at|streams)/),
        });
    }
  });

  test('is plain data', () => {
    const assertion = said(row);
    expect(JSON.parse(JSON.stringify(assertion))).toEqual(assertion);
  });
});

test('an assertion and its opposite never read the same, and never agree on what was seen', () => {
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.constantFrom(...all), (row, other) => {
      const [plain, denied] = [said(row), said(row, true)];
      expect(sentenceOf(plain)).not.toBe(sentenceOf(denied));
      const facts = other.type === row.type ? other.right : row.right;
      const both = [plain, denied].map(one => judge(one, seen(facts)));
      const unread = both[0]?.found.startsWith('nobody looked');
      expect(both.filter(({ ok }) => ok)).toHaveLength(unread ? 0 : 1);
    }),
    { numRuns: 1_000 },
  );
});

test('two assertions that read the same are the same', () => {
  const sentences = all.map(row => sentenceOf(said(row)));
  expect(new Set(sentences).size).toBe(sentences.length);
});

test.each<[SubjectSpec, string]>([
  [{ type: 'port', port: 80, protocol: 'tcp', eventually: 30_000 }, 'port 80 listens'],
  [{ type: 'port', port: 80, protocol: 'tcp', eventually: 1_500 }, 'port 80 listens within 1500ms'],
  [{ type: 'port', port: 80, protocol: 'tcp', eventually: 90_000 }, 'port 80 listens within 90s'],
  [{ type: 'port', port: 80, protocol: 'tcp', eventually: 120_000 }, 'port 80 listens within 2m'],
])('%j: %s', (of, sentence) => {
  expect(sentenceOf({ of, matcher: 'listens', negated: false })).toBe(sentence);
});
