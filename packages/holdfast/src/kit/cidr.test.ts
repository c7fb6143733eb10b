import { expect, test } from 'vitest';
import { contains, inUpperHalf, lowerHalf, overlap, parseCidr } from './cidr.ts';

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

test.each([
  ['10.231.1.0/24', '10.231.1.0/25', '10.231.1.129', '10.231.1.228'],
  ['10.0.0.0/16', '10.0.0.0/17', '10.0.128.1', '10.0.128.100'],
  ['192.168.4.0/23', '192.168.4.0/24', '192.168.5.1', '192.168.5.100'],
])('%s: its lower half is %s, and addresses of the upper one begin at %s', (text, lower, first, hundredth) => {
  expect(lowerHalf(block(text))).toBe(lower);
  expect([1, 100].map(n => inUpperHalf(block(text), n))).toEqual([first, hundredth]);
  expect(contains(block(lower), block(`${first}/32`))).toBe(false);
});
