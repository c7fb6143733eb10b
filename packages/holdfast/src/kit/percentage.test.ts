import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareShares,
  complement,
  difference,
  isPercentage,
  none,
  parseDecimal,
  parsePercentage,
  product,
  quotient,
  spellDecimal,
  spellPercentage,
  sum,
  whole,
} from './percentage.ts';

const times = (...all: string[]): string => spellPercentage(product(all.map(parsePercentage)));

describe('a percentage', () => {
  test.each(['0%', '0.001%', '9%', '50%', '99.9%', '99.999999999999999999%', '100%'])('%s stays as it is', text => {
    expect(spellPercentage(parsePercentage(text))).toBe(text);
  });

  test.each(['', '99.9', '100.1%', '-1%', '1e2%', '.5%', '99,9%', '1000%'])('%s is none', text => {
    expect(isPercentage(text)).toBe(false);
    expect(() => parsePercentage(text)).toThrow(RangeError);
  });

  test.each([
    ['99.9%', '99.9%', '99.8001%'],
    ['99.99%', '99.95%', '99.940005%'],
    ['100%', '99.5%', '99.5%'],
    ['10%', '10%', '1%'],
    ['0.1%', '0.1%', '0.0001%'],
    ['0%', '99.9%', '0%'],
  ])('%s of %s is %s, to the last digit', (a, b, expected) => {
    expect(times(a, b)).toBe(expected);
  });

  test('of nothing is all', () => {
    expect(times()).toBe('100%');
  });

  test('is rounded down where digits are asked for', () => {
    expect(spellPercentage(parsePercentage('99.99999%'), 3)).toBe('99.999%');
    expect(spellPercentage(parsePercentage('99.9%'), 3)).toBe('99.9%');
    expect(spellPercentage(parsePercentage('0.00001%'), 2)).toBe('0%');
  });

  test('never grows by another one, and keeps every digit', () => {
    const some = fc
      .integer({ min: 0, max: 10 ** 9 })
      .map(n => `${Math.floor(n / 10 ** 7)}.${String(n % 10 ** 7).padStart(7, '0')}%`);
    fc.assert(
      fc.property(some, some, (a, b) => {
        const both = product([parsePercentage(a), parsePercentage(b)]);
        expect(compareShares(both, parsePercentage(a))).toBeLessThanOrEqual(0);
        const [left, right] = [a, b].map(text => BigInt(text.replace(/[.%]/g, '')));
        expect(both.units * 10n ** BigInt(18 - both.places)).toBe((left ?? 0n) * (right ?? 0n));
      }),
    );
  });
});

describe('a share', () => {
  test.each(['0.999', '0', '1', '0.1', '0.99999999999999999999999'])('%s as a decimal stays as it is', text => {
    expect(spellDecimal(parseDecimal(text))).toBe(text);
  });

  test.each(['', '.5', '1.01', '2', '-0', '0,5', '1e-3', '99%'])('%s is no decimal', text => {
    expect(() => parseDecimal(text)).toThrow(RangeError);
  });

  test('is the same in both spellings', () => {
    expect(spellDecimal(parsePercentage('99.95%'))).toBe('0.9995');
    expect(spellPercentage(parseDecimal('0.0005'))).toBe('0.05%');
    expect(spellDecimal(parsePercentage('99.99999%'), 4)).toBe('0.9999');
  });

  test('adds up, to the last digit', () => {
    const [a, b] = [parseDecimal('0.1'), parseDecimal('0.2')];
    expect(spellDecimal(sum(a, b))).toBe('0.3');
    expect(spellDecimal(difference(parseDecimal('0.3'), a))).toBe('0.2');
    expect(complement(parseDecimal('0.001'))).toEqual(parseDecimal('0.999'));
    expect([complement(none), complement(whole)]).toEqual([whole, none]);
  });

  test('of so much of so much is rounded down', () => {
    expect(spellDecimal(quotient(2n, 3n, 4))).toBe('0.6666');
    expect(quotient(1n, 8n)).toEqual(parseDecimal('0.125'));
    expect(() => quotient(3n, 2n)).toThrow('3 of 2 is no share');
    expect(() => quotient(0n, 0n)).toThrow(RangeError);
  });
});
