import { expect, test } from 'vitest';
import { isDay, isOver } from './day.ts';

test.each([
  ['2026-12-31', true],
  ['2028-02-29', true],
  ['2027-02-29', false],
  ['2026-02-30', false],
  ['2026-13-01', false],
  ['2026-1-1', false],
  ['2026-12-31T00:00:00Z', false],
  ['tomorrow', false],
])('%s is a day: %s', (text, is) => {
  expect(isDay(text)).toBe(is);
});

test('a day is over at the midnight that ends it', () => {
  expect(isOver('2026-12-31', Date.parse('2026-12-31T23:59:59.999Z'))).toBe(false);
  expect(isOver('2026-12-31', Date.parse('2027-01-01T00:00:00.000Z'))).toBe(true);
});
