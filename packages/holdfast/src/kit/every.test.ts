import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toMilliseconds } from './duration.ts';
import { isEvery, nextSlot, spellEvery } from './every.ts';

const at = (text: string): number => Date.parse(`${text}Z`);
const after = (every: string, text: string): string => new Date(nextSlot(every, at(text)) ?? 0).toISOString();

test.each(['10s', '15m', '1h', '1d', '30 3 * * *', '*/5 0-6 * * MON', '@daily', '@hourly', '0 0 29 2 *'])(
  '%s says when',
  every => expect(isEvery(every)).toBe(true),
);

test.each([
  '9s',
  '0s',
  '500ms',
  '60 * * * *',
  '* * * * * *',
  '0 0 31 2 *',
  '@reboot',
  'daily',
  'at noon',
  '2026-01-01T00:00:00',
  '',
])('%s does not say when', every => expect(isEvery(every)).toBe(false));

describe('the next slot', () => {
  test.each([
    ['15m', '2026-03-01T10:07:00', '2026-03-01T10:15:00.000Z'],
    ['15m', '2026-03-01T10:15:00', '2026-03-01T10:30:00.000Z'],
    ['1d', '2026-03-01T10:07:00', '2026-03-02T00:00:00.000Z'],
    ['30 3 * * *', '2026-03-01T03:30:00', '2026-03-02T03:30:00.000Z'],
    ['30 3 * * *', '2026-03-29T00:59:00', '2026-03-29T03:30:00.000Z'],
    ['@daily', '2026-12-31T23:59:59', '2027-01-01T00:00:00.000Z'],
    ['0 0 29 2 *', '2026-03-01T00:00:00', '2028-02-29T00:00:00.000Z'],
  ])('of %s after %s is %s', (every, from, wanted) => expect(after(every, from)).toBe(wanted));

  test('is later, no more than a length away, and the same from anywhere in between', () => {
    const lengths = fc.constantFrom('10s', '15m', '7h', '1d');
    fc.assert(
      fc.property(lengths, fc.integer({ min: 0, max: 4e12 }), fc.nat(), (every, time, part) => {
        const length = toMilliseconds(every as '10s');
        const next = nextSlot(every, time) ?? 0;
        expect(next - time).toBeGreaterThan(0);
        expect(next - time).toBeLessThanOrEqual(length);
        expect(next % length).toBe(0);
        expect(nextSlot(every, next - 1 - (part % length))).toBe(next);
      }),
    );
  });
});

test.each([
  ['15m', 'every 15m'],
  ['30 3 * * *', 'at 30 3 * * * (UTC)'],
  ['@daily', '@daily (UTC)'],
])('%s is told as %s', (every, words) => expect(spellEvery(every)).toBe(words));
