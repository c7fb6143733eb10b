import { expect, test } from 'vitest';
import type { Address } from '../../model/address.ts';
import type { Missed, Passed, Result, Skipped } from '../outcome.ts';
import { under } from '../outcome.ts';
import { declarationsIn, evidenceIn, foundIn, ranAs } from './check-ran.ts';

const looked = { sentence: '/app has mode 0755', milliseconds: 1.4, tier: 'proc' } as const;
const passed: Passed = { ...looked, status: 'passed' };
const failed: Missed = { ...looked, status: 'failed', expected: 'has mode 0755', found: 'mode 0700' };
const unknown: Missed = { ...failed, status: 'unknown', found: 'the container is gone' };
const skipped: Skipped = { ...looked, status: 'skipped', why: 'another one failed' };
const on = { 'image/web': { digest: 'sha256:aa' } };
const ran = (...results: readonly Result[]) => ranAs(results, on);

test('a check passed when all that was looked at is as said', () => {
  expect(ran(passed, passed, skipped)).toEqual({
    passed: true,
    sentences: 2,
    failed: [],
    skipped: [{ sentence: '/app has mode 0755', why: 'another one failed' }],
    on,
    milliseconds: 3,
  });
});

test.each([
  ['what is not as said', failed, '/app has mode 0755: mode 0700'],
  ['what nobody could look at', unknown, '/app has mode 0755: the container is gone'],
] as const)('%s makes it fail, and is told', (_, result, told) => {
  expect(ran(passed, result)).toMatchObject({ passed: false, failed: [told] });
});

test('what is waived, left out or could not be looked at is told as that', () => {
  const waiver = { owner: 'crew', because: 'old base', until: '2026-12-31', expired: false };
  expect(ran(passed, under(waiver, failed), { ...skipped, sentence: 'port 80 listens' })).toMatchObject({
    passed: true,
    sentences: 2,
    failed: [],
    waived: [
      { sentence: '/app has mode 0755', found: 'mode 0700', owner: 'crew', because: 'old base', until: '2026-12-31' },
    ],
    skipped: [{ sentence: 'port 80 listens', why: 'another one failed' }],
  });
  expect(ran(passed, failed, { ...unknown, sentence: '/tmp exists' })).toMatchObject({
    passed: false,
    failed: ['/app has mode 0755: mode 0700', '/tmp exists: the container is gone'],
    unknown: ['/tmp exists'],
  });
});

test('a failure is of the sentence that it begins with, whole, and of no other', () => {
  expect(foundIn('/app exists: no', '/app exists')).toBe('no');
  expect(foundIn('/app exists and is a file: no', '/app exists')).toBeUndefined();
  const long = 'x'.repeat(400);
  const [told = ''] = ran({ ...failed, sentence: long })?.failed ?? [];
  expect(foundIn(told, long)).toBeDefined();
});

test('a waiver lets it pass until it has run out', () => {
  const waiver = { owner: 'ada@shop.example', because: 'old base', until: '2026-12-31', expired: false };
  expect(ran(under(waiver, failed))?.passed).toBe(true);
  expect(ran(under({ ...waiver, expired: true }, failed))?.passed).toBe(false);
});

test('what was skipped as a whole is no evidence', () => {
  expect(ran()).toBeUndefined();
  expect(ran(skipped, skipped)).toBeUndefined();
});

test('stays small, however much fails', () => {
  const flood = { ...failed, found: 'x'.repeat(10_000) };
  const waiver = { owner: 'crew', because: 'old base', until: '2026-12-31', expired: false };
  for (const one of [flood, under(waiver, flood), { ...skipped, why: flood.found }]) {
    const told = ran(passed, ...Array.from({ length: 1_000 }, () => one));
    expect(JSON.stringify(told).length).toBeLessThan(10_000);
  }
});

test('what follows from a declaration is evidence of the resource, apart from the checks that people wrote', () => {
  const derived = { ...failed, derived: true };
  const checks = [
    { name: 'web', at: 'system.ts:1:1', results: [passed] },
    { name: 'as declared', at: 'system.ts:2:1', results: [{ ...passed, derived: true }, derived] },
  ];
  const targets = [{ address: 'service/web', title: 'web', checks } as const];
  const outcome = { system: 'shop', environment: 'local', began: '', milliseconds: 1, targets };
  const ground = { of: (of: Address) => ({ [of]: {} }), ofMeasure: () => ({}) };
  expect(evidenceIn(outcome, ground)).toMatchObject([{ check: 'check/web', passed: true, on: { 'check/web': {} } }]);
  expect(declarationsIn(outcome, ground)).toEqual([
    { of: 'service/web', ...ranAs([passed, failed], { 'service/web': {} }) },
  ]);
});
