import { expect, test } from 'vitest';
import { contains, overlap, parseCidr } from './cidr.ts';

const block = (text: string) => parseCidr(text) ?? expect.fail(`${text} is a block`);

test.each(['10.0.0.0', '10.0.0.0/33', '10.0.0/24', '300.0.0.0/8', '0x0a.0.0.0/8', 'fd00::/8', ''])(
  '%s names no block',
  text => {
    expect(parseCidr(text)).toBeUndefined();
  },
);

test('a block is told by its first address', () => {
  expect(parseCidr('10.20.30.40/20')).toEqual({ first: 0x0a141000, last: 0x0a141fff, bits: 20, text: '10.20.16.0/20' });
});

test.each([
  ['10.0.0.0/8', '10.255.255.0/24', true, true],
  ['10.0.0.0/24', '10.0.1.0/24', false, false],
  ['10.0.1.0/24', '10.0.0.0/16', true, false],
  ['255.255.255.0/24', '0.0.0.0/0', true, false],
])('%s and %s: overlap %s, the first holds the second %s', (a, b, meet, holds) => {
  expect(overlap(block(a), block(b))).toBe(meet);
  expect(contains(block(a), block(b))).toBe(holds);
});
