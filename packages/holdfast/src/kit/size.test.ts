import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { sizeOf, toBytes } from './size.ts';

test.each([
  [512e6, '512MB'],
  [2 ** 29, '512MiB'],
  [2e9, '2GB'],
  [1_025, '1025B'],
])('%i bytes are %s', (bytes, size) => {
  expect(sizeOf(bytes)).toBe(size);
});

test('a size that is spelled exactly is so many bytes again', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 48 }), bytes => toBytes(sizeOf(bytes)) === bytes));
});
