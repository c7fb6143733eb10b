import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { iso } from '../kit/clock.ts';
import { Problem } from '../kit/problem.ts';
import { readMoment, spellTarget } from './asked.ts';
import { type BackupSet, candidates, readInventory } from './backup-sets.ts';
import { identityOf, restoredScope } from './desire.ts';

const info = (stops: readonly number[], max: string | null = '000000020000000000000007') =>
  JSON.stringify([
    {
      name: 'shop-local-db',
      archive: [{ id: '15-1', max, min: '000000010000000000000001' }],
      backup: stops.map((stop, at) => ({
        label: `B${at}`,
        type: at === 0 ? 'full' : 'diff',
        error: at === 1,
        timestamp: { start: stop - 1, stop },
      })),
    },
  ]);

describe('what a repository has', () => {
  test('is read with the moment from which each backup is whole, and the end of the archive', () => {
    expect(readInventory(info([100, 200]))).toEqual({
      sets: [
        { label: 'B0', type: 'full', from: 101_000, hadErrors: false },
        { label: 'B1', type: 'diff', from: 201_000, hadErrors: true },
      ],
      lastWal: '0000000000000007',
    });
  });

  test.each([
    ['nothing at all', '[]'],
    ['an empty place for backups', info([], null)],
  ])('may be %s', (_, json) => {
    expect(readInventory(json)).toEqual({ sets: [] });
  });
});

describe('the backups to be tried', () => {
  const sets = (...from: readonly number[]): readonly BackupSet[] =>
    from.map(moment => ({ label: `at ${moment}`, type: 'full', from: moment, hadErrors: false }));

  test('are all that were whole by then, the newest first', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1_000), { minLength: 1 }), fc.nat(1_000), (moments, to) => {
        const [first = 0, ...rest] = moments.toSorted((a, b) => a - b);
        fc.pre(first <= to);
        const found = candidates({ sets: sets(first, ...rest) }, to).map(({ from }) => from);
        expect(found).toEqual([first, ...rest].filter(from => from <= to).toReversed());
      }),
    );
  });

  test('are all where no moment was asked for', () => {
    expect(candidates({ sets: sets(1, 2) }, undefined).map(({ from }) => from)).toEqual([2, 1]);
  });

  test.each([
    [sets(5_000), 4_999, 'no backup reaches back to 1970-01-01T00:00:04.999Z'],
    [sets(), undefined, 'no backup reaches back to anything'],
  ])('are none where none is old enough, which is told: %j', (given, to, words) => {
    expect(() => candidates({ sets: given }, to)).toThrow(words);
  });
});

describe('a moment', () => {
  const now = Date.parse('2026-11-29T21:00:00Z');

  test.each([
    ['2026-11-29T20:00:00Z', '2026-11-29 20:00:00.000+00'],
    ['2026-11-29T20:00:00.5+01:00', '2026-11-29 19:00:00.500+00'],
    ['2026-11-29T20:00Z', '2026-11-29 20:00:00.000+00'],
  ])('%s is spelled for PostgreSQL as %s', (typed, spelled) => {
    expect(spellTarget(readMoment(typed, now))).toBe(spelled);
  });

  test.each([
    '2026-11-29 20:00:00',
    '2026-11-29T20:00:00',
    'yesterday',
    '2026-11-31T20:99:00Z',
    '2026-11-29T21:00:01Z',
  ])('%s is refused, with how to write it', typed => {
    const told = () => readMoment(typed, now);
    expect(told).toThrow(Problem);
    expect(told).toThrow(`--to '${typed}'`);
  });

  test('that was read is the one that was meant', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: now }), moment => {
        expect(readMoment(iso(moment), now)).toBe(moment);
      }),
    );
  });
});

describe('a restored server', () => {
  const around = { scope: restoredScope({ system: 'shop', environment: 'local' }), engine: 'default' };

  test('is the same for the same name, so that what was begun is found again', () => {
    expect(identityOf('old', 'instance', around)).toEqual(identityOf('old', 'instance', around));
    expect(identityOf('old', 'instance', around).uid).not.toBe(identityOf('new', 'instance', around).uid);
  });

  test('is of an environment that no person can declare', () => {
    expect(around.scope).toEqual({ system: 'shop', environment: 'local.restored' });
    expect(identityOf('old', 'volume', around).name).toMatch(/^shop-local\.restored-old-[a-z0-9]+$/);
  });
});
