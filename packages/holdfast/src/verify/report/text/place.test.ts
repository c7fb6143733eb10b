import { expect, test } from 'vitest';
import { placeOf, spellPlace } from './place.ts';

test.each([
  ['/repo/system.ts:3:14', { file: 'system.ts', line: 3, column: 14 }],
  ['/repo/a b/c:d.ts:3:14', { file: 'a b/c:d.ts', line: 3, column: 14 }],
  ['sub/system.ts:3:14', { file: 'sub/system.ts', line: 3, column: 14 }],
  ['/repo/..more/system.ts:3:14', { file: '..more/system.ts', line: 3, column: 14 }],
  ['/elsewhere/system.ts:3:14', { file: '/elsewhere/system.ts', line: 3, column: 14 }],
  ['an unknown place', undefined],
])('%s is a place from the root on', (at, place) => {
  expect(placeOf(at, '/repo')).toEqual(place);
});

test('what is no place is told as it is', () => {
  expect(spellPlace('/repo/system.ts:3:14', '/repo')).toBe('system.ts:3:14');
  expect(spellPlace('an unknown place', '/repo')).toBe('an unknown place');
});
