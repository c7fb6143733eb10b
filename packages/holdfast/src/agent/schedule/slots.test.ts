import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextSlot } from '../../kit/every.ts';
import { dueSlot, slotAt } from './slots.ts';

const at = (text: string): number => Date.parse(text);
const spell = (time: number | undefined) => time && new Date(time).toISOString();

describe('slots', () => {
  test.each([
    ['15m', '2026-03-01T10:14:59.999Z', '2026-03-01T10:00:00.000Z', '2026-03-01T10:15:00.000Z'],
    ['15m', '2026-03-01T10:15:00.000Z', '2026-03-01T10:15:00.000Z', '2026-03-01T10:30:00.000Z'],
    ['1d', '2026-03-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z'],
    ['30 3 * * *', '2026-03-01T03:29:59.999Z', '2026-02-28T03:30:00.000Z', '2026-03-01T03:30:00.000Z'],
    ['30 3 * * *', '2026-03-01T03:30:00.000Z', '2026-03-01T03:30:00.000Z', '2026-03-02T03:30:00.000Z'],
    // The hour that a summer time leaves out, or has twice, elsewhere.
    ['30 2 * * *', '2026-03-29T12:00:00.000Z', '2026-03-29T02:30:00.000Z', '2026-03-30T02:30:00.000Z'],
    ['@daily', '2026-10-25T12:00:00.000Z', '2026-10-25T00:00:00.000Z', '2026-10-26T00:00:00.000Z'],
    ['0 0 29 2 *', '2026-03-01T00:00:00.000Z', '2024-02-29T00:00:00.000Z', '2028-02-29T00:00:00.000Z'],
  ])('of %s at %s: the last is %s, the next %s', (every, now, last, next) => {
    expect(spell(slotAt(every, at(now)))).toBe(last);
    expect(spell(nextSlot(every, at(now)))).toBe(next);
  });

  test('between two slots in a row there is none, and each is its own last', () => {
    const every = fc.constantFrom('10s', '15m', '7h', '1d', '*/5 * * * *', '@hourly', '30 3 * * 1');
    const moment = fc.integer({ min: at('2025-01-01'), max: at('2027-01-01') });
    fc.assert(
      fc.property(every, moment, (every, now) => {
        const [last, next] = [slotAt(every, now) as number, nextSlot(every, now) as number];
        expect(last).toBeLessThanOrEqual(now);
        expect(next).toBeGreaterThan(now);
        expect(slotAt(every, next - 1)).toBe(last);
        expect(slotAt(every, next)).toBe(next);
        expect(nextSlot(every, last)).toBe(next);
      }),
    );
  });

  test('of several that were missed the last alone is due, and none before the first', () => {
    const now = at('2026-03-01T10:20:00Z');
    expect(spell(dueSlot('5m', now, at('2026-03-01T09:00:00Z')))).toBe('2026-03-01T10:20:00.000Z');
    expect(dueSlot('5m', now, at('2026-03-01T10:20:00Z'))).toBeUndefined();
    expect(dueSlot('1d', now, at('2026-03-01T08:00:00Z'))).toBeUndefined();
  });
});
