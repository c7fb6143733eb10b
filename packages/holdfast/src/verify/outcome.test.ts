import { describe, expect, test } from 'vitest';
import {
  isKept,
  type Missed,
  missedIn,
  type Outcome,
  type Result,
  resultsIn,
  totalsOf,
  under,
  type Waiver,
} from './outcome.ts';
import { shop } from './report/testing/shop.ts';

const waiver: Waiver = { owner: 'ada', because: 'known', until: '2026-12-31', expired: false };
const missed: Missed = { sentence: 'x', status: 'failed', expected: 'a', found: 'b', milliseconds: 1, tier: 'proc' };
const passed: Result = { sentence: 'y', status: 'passed', milliseconds: 1, tier: 'proc' };

const of = (...results: readonly Result[]): Outcome => ({
  ...shop,
  targets: [{ address: 'service/web', title: 'web', checks: [{ name: 'web', at: 'system.ts:1:1', results }] }],
});

describe('a waiver', () => {
  test('lets off what fails and what nobody knows', () => {
    expect(under(waiver, missed)).toEqual({ ...missed, status: 'waived', waiver });
    expect(under(waiver, { ...missed, status: 'unknown' })).toMatchObject({ status: 'waived' });
  });

  test('that ran out lets nothing off, and is told', () => {
    const expired = { ...waiver, expired: true };
    expect(under(expired, missed)).toEqual({ ...missed, waiver: expired });
  });

  test('changes nothing of what passes', () => {
    expect(under(waiver, passed)).toEqual({ ...passed, waiver });
  });
});

describe('a run', () => {
  test('is kept where all was looked at and nothing is bad', () => {
    expect(isKept(of(passed, under(waiver, missed)))).toBe(true);
    expect(isKept(of(passed, missed))).toBe(false);
    expect(isKept(of({ ...missed, status: 'unknown' }))).toBe(false);
    expect(isKept({ ...of(passed), interrupted: 'Ctrl-C' })).toBe(false);
  });

  test('that looked at nothing proves nothing', () => {
    expect(isKept(of())).toBe(false);
    expect(isKept({ ...shop, targets: [] })).toBe(false);
  });

  test('is counted by status, and what is bad has its place', () => {
    expect(totalsOf(resultsIn(shop))).toEqual({ passed: 6, failed: 1, unknown: 1, waived: 1, skipped: 1 });
    expect(missedIn(shop).map(({ target, check }) => `${target.address} ${check.name}`)).toEqual([
      'service/web web',
      'service/db db',
    ]);
  });
});
