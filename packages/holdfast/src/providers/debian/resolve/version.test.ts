import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions } from './version.ts';

const inOrder = [
  '1.0~~',
  '1.0~~a',
  '1.0~',
  '1.0~rc1',
  '1.0',
  '1.0-0+deb12u1',
  '1.0-1~bpo12+1',
  '1.0-1',
  '1.0-1+b1',
  '1.0-1.1',
  '1.0-10',
  '1.0a',
  '1.0+dfsg-1',
  '1.0.1',
  '1.10',
  '20230311124500000000001-1',
  '1:0.1',
];

describe('versions of packages', () => {
  it('are in the order of the policy', () => {
    expect([...inOrder].reverse().sort(compareVersions)).toEqual(inOrder);
  });

  it.each([
    ['1.0', '0:1.0'],
    ['1.0', '1.0-0'],
    ['1.01', '1.1'],
    ['1.0', '1.'],
  ])('%s is the same as %s', (a, b) => {
    expect(compareVersions(a, b)).toBe(0);
  });

  it.skipIf(spawnSync('dpkg', ['--version']).error)('are compared as dpkg compares them (skipped without dpkg)', () => {
    const pairs = fc.sample(fc.tuple(version, version), { numRuns: 250, seed: 12 });
    expect(pairs.map(([a, b]) => word(compareVersions(a, b)))).toEqual(askDpkg(pairs));
  });
});

/** Short, of few letters, so that many begin alike. */
const part = (letters: string) => fc.string({ unit: fc.constantFrom(...letters), maxLength: 5 });

const version = fc
  .tuple(fc.option(fc.nat(2)), fc.nat(12), part('01a~+.B-'), fc.option(part('01a~+.')))
  .map(([epoch, first, rest, revision]) =>
    [epoch === null ? '' : `${epoch}:`, first, rest.replace(/-+$/, ''), revision ? `-${revision}` : ''].join(''),
  );

const word = (order: number): string => (order < 0 ? 'lt' : order > 0 ? 'gt' : 'eq');

/** One shell for all pairs: starting one for each takes longer than the comparing. */
function askDpkg(pairs: readonly (readonly [string, string])[]): readonly string[] {
  const is = (operator: string) => `dpkg --compare-versions "$a" ${operator} "$b"`;
  const script = `while read a b; do if ${is('lt')}; then echo lt; elif ${is('gt')}; then echo gt; else echo eq; fi; done`;
  const input = pairs.map(([a, b]) => `${a} ${b}\n`).join('');
  return spawnSync('sh', ['-c', script], { input, encoding: 'utf8' }).stdout.trim().split('\n');
}
