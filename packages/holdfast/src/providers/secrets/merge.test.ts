import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SecretsDocument } from './document.ts';
import { merged } from './merge.ts';

const holding = (values: Record<string, string>, recipients: Record<string, string> = {}): SecretsDocument => ({
  format: 'holdfast secrets 1',
  key: 'k',
  recipients,
  secrets: Object.fromEntries(Object.entries(values).map(([name, text]) => [name, { text, changed: `when ${text}` }])),
});

const valuesOf = ({ secrets }: SecretsDocument): Record<string, string> =>
  Object.fromEntries(Object.entries(secrets).map(([name, { text }]) => [name, text]));

describe('a merge', () => {
  const base = holding({ a: '1', b: '1', c: '1' });

  test('takes each secret from the side that changed it', () => {
    const found = merged({
      base,
      ours: holding({ a: '2', b: '1', c: '1' }),
      theirs: holding({ a: '1', b: '3', d: '3' }),
    });
    expect(found.conflicts).toEqual([]);
    expect(found.taken).toEqual(['b', 'c', 'd']);
    expect(valuesOf(found.document)).toEqual({ a: '2', b: '3', d: '3' });
  });

  test('asks where both changed the same, unless one is preferred', () => {
    const sides = { base, ours: holding({ a: '2', b: '2' }), theirs: holding({ a: '3', b: '2' }) };
    expect(merged(sides).conflicts).toEqual(['a']);
    expect(valuesOf(merged(sides, 'ours').document)).toEqual({ a: '2', b: '2' });
    expect(valuesOf(merged(sides, 'theirs').document)).toEqual({ a: '3', b: '2' });
    expect(merged(sides, 'theirs').conflicts).toEqual([]);
  });

  test('forgets nothing that either side had, since backups may be encrypted with it', () => {
    const rotated = (text: string): SecretsDocument => ({
      ...holding({}),
      secrets: { a: { text, changed: 'later', earlier: ['1'] } },
    });
    const sides = { base: holding({ a: '1' }), ours: rotated('2'), theirs: rotated('3') };
    expect(merged(sides, 'theirs').document.secrets.a).toMatchObject({ text: '3', earlier: ['1', '2'] });
    expect(merged({ ...sides, theirs: sides.base }).document.secrets.a).toMatchObject({ text: '2', earlier: ['1'] });
  });

  test('of two first files has what either has', () => {
    const found = merged({ base: undefined, ours: holding({ a: '1', b: '1' }), theirs: holding({ b: '1', c: '1' }) });
    expect(valuesOf(found.document)).toEqual({ a: '1', b: '1', c: '1' });
    expect(found.conflicts).toEqual([]);
  });

  test('has no recipient that one side took out, and each that one brought', () => {
    const sides = {
      base: holding({}, { ada: '1', linus: '2' }),
      ours: holding({}, { ada: '1' }),
      theirs: holding({}, { ada: '1', linus: '2', eve: '3' }),
    };
    expect(merged(sides).document.recipients).toEqual({ ada: '1', eve: '3' });
  });

  const values = fc.dictionary(fc.constantFrom('a', 'b', 'constructor', 'd'), fc.constantFrom('1', '2', '3'));

  test('with a side that changed nothing is the other side; the order of the sides decides nothing but conflicts', () => {
    fc.assert(
      fc.property(values, values, values, (one, two, three) => {
        const [start, ours, theirs] = [holding(one), holding(two), holding(three)];
        expect(valuesOf(merged({ base: start, ours, theirs: start }).document)).toEqual(valuesOf(ours));
        expect(valuesOf(merged({ base: start, ours: start, theirs }).document)).toEqual(valuesOf(theirs));
        const [there, back] = [
          merged({ base: start, ours, theirs }, 'ours'),
          merged({ base: start, ours: theirs, theirs: ours }, 'theirs'),
        ];
        expect(valuesOf(there.document)).toEqual(valuesOf(back.document));
        expect(merged({ base: start, ours, theirs }).conflicts).toEqual(
          merged({ base: start, ours: theirs, theirs: ours }).conflicts,
        );
      }),
    );
  });
});
