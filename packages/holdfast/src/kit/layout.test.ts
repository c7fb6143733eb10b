import { expect, test } from 'vitest';
import { wrapped } from './layout.ts';

test('a text is broken at its spaces, under the end of its lead', () => {
  expect(wrapped('- ', 'one two three four five six', 22)).toEqual(['- one two three four', '  five six']);
  expect(wrapped('- ', 'one\ntwo', 22)).toEqual(['- one', '  two']);
});

test('what is longer than a line stays whole, and an indent stays', () => {
  const long = 'x'.repeat(40);
  expect(wrapped('', `a ${long} b`, 22)).toEqual(['a', long, 'b']);
  expect(wrapped('- ', '    at main.js:1', 60)).toEqual(['-     at main.js:1']);
  expect(wrapped('', `   ${long}`, 22)).toEqual([`   ${long}`]);
});

test('without an edge there is no break', () => {
  expect(wrapped('', 'x '.repeat(500), Number.POSITIVE_INFINITY)).toHaveLength(1);
});
