import { expect, test } from 'vitest';
import { isFilledIn } from './reading.ts';

const container = { Id: `db${'0'.repeat(62)}`, Name: '/shop-db-1', Config: { Hostname: 'db-1' } };

test.each(['db0000000000', 'shop-db-1', 'db-1'])('the alias %s is one that the engine adds', alias => {
  expect(isFilledIn(alias, container)).toBe(true);
});

test('an alias that happens to begin the id of its container is a declared one', () => {
  expect(isFilledIn('db', container)).toBe(false);
});
