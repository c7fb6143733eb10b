import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test.each([
  ['replica', 'replicas'],
  ['Networks', 'networks'],
  ['helth', 'health'],
  ['colour', undefined],
])('%s most likely means %s', (word, meant) => {
  expect(nearest(word, ['replicas', 'network', 'networks', 'health'])).toBe(meant);
});

test('nothing is near where there is nothing', () => {
  expect(nearest('web', [])).toBeUndefined();
});
