import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inOrder } from './numbered.ts';

test('migrations run in the order of their numbers, and other files are none', () => {
  expect(inOrder(['002-b.sql', 'README.md', '001-a.sql'])).toEqual(['001-a.sql', '002-b.sql']);
});

test.each([[['002-b.sql']], [['001-a.sql', '001-b.sql']], [['001-a.sql', '003-c.sql']]])('%j has a gap', files => {
  expect(() => inOrder(files)).toThrow('numbered from 001 without a gap');
});

test("the shop's own migrations are numbered well", () => {
  expect(inOrder(readdirSync(new URL('migrations/', import.meta.url)))).not.toHaveLength(0);
});
