import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../../kit/json.ts';
import { textOrPattern } from './given.ts';
import { jsonPath, valueAt } from './json-path.ts';
import { isIn, patternOf } from './pattern.ts';
import { isVersion } from './version.ts';

const whole: Json = { status: 'ok', items: [{ name: 'a' }, null], 'a b': { c: 0 }, 'x.y': 1 };

test.each<[string, Json | undefined]>([
  ['.', whole],
  ['.status', 'ok'],
  ['.items[0].name', 'a'],
  ['.items[1]', null],
  ['.items[1].name', undefined],
  ['.items[2]', undefined],
  ['.items.length', undefined],
  ['.["a b"].c', 0],
  ['["x.y"]', 1],
  ['.toString', undefined],
])('%s', (path, value) => {
  expect(jsonPath.safeParse(path).success).toBe(true);
  expect(valueAt(whole, path)).toEqual(value);
});

test.each(['', 'status', '..a', '.a[b]', '.a.', '$.a', '.a b'])('%j is no path', path => {
  expect(jsonPath.safeParse(path).success).toBe(false);
});

test.each([
  ['15.14', '15', true],
  ['15.14', '1', false],
  ['1.22.1-9+deb12u1', '1.22.1', true],
  ['2:1.0', '1.0', true],
  ['2:1.0', '2:1', true],
  ['1.0rc1', '1.0', false],
])('%s is version %s: %s', (version, wanted, is) => {
  expect(isVersion(version, wanted)).toBe(is);
});

test('a pattern that is taken misses the empty text, and means the same as plain data', () => {
  fc.assert(
    fc.property(fc.constantFrom('a', 'a*', '^', '$', 'a|', '\\d+', '.', '(?=x)', '[]'), fc.string(), (source, text) => {
      const pattern = new RegExp(source, 'g');
      const kept = JSON.parse(JSON.stringify(patternOf(pattern)));
      expect(textOrPattern.safeParse(pattern).success).toBe(!new RegExp(source).test(''));
      expect(isIn(kept, text)).toBe(new RegExp(source).test(text));
    }),
  );
});
