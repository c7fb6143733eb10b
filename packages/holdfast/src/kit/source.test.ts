import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bytesSource, fileSource } from './source.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-source-'));
afterAll(() => rmSync(folder, { recursive: true }));

const bytes = Buffer.from(Uint32Array.from({ length: 100_000 }, (_, index) => index).buffer);
const file = join(folder, 'numbers');
writeFileSync(file, bytes);

test.each([
  [0, 0],
  [0, 1],
  [1, 65_536],
  [65_530, 100],
  [131_072, 65_536],
  [3, 300_000],
  [399_999, 1],
  [400_000, 0],
  [8, 8],
])('at %i, %i bytes', (offset, length) => {
  using source = fileSource(file);
  const expected = bytes.subarray(offset, offset + length);
  source.at(200_000, 10);
  expect(source.at(offset, length).equals(expected)).toBe(true);
  expect(source.at(offset, length).equals(expected)).toBe(true);
  expect(bytesSource('numbers', bytes).at(offset, length).equals(expected)).toBe(true);
});

test.each([
  [400_000, 1],
  [399_990, 11],
  [-1, 1],
  [1e12, 1],
])('%i and %i more are not there', (offset, length) => {
  using source = fileSource(file);
  expect(() => source.at(offset, length)).toThrow(RangeError);
  expect(() => bytesSource('numbers', bytes).at(offset, length)).toThrow(RangeError);
});

test('a file that shrinks meanwhile', () => {
  const shrinking = join(folder, 'shrinking');
  writeFileSync(shrinking, bytes);
  using source = fileSource(shrinking);
  truncateSync(shrinking, 100);
  expect(source.size).toBe(400_000);
  expect(() => source.at(50, 100)).toThrow(RangeError);
});
