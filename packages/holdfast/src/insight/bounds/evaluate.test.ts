import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareShares,
  complement,
  difference,
  none,
  parsePercentage,
  product,
  type Share,
  spellPercentage,
  sum,
  whole,
} from '../../kit/percentage.ts';
import { compile } from './compile.ts';
import { availabilityOf, evaluate } from './evaluate.ts';
import {
  all,
  any,
  atLeast,
  type Element,
  element,
  elementsOf,
  mapElements,
  type Structure,
  stands,
} from './structure.ts';
import { bruteForce } from './testing/brute-force.ts';
import { structures } from './testing/structures.ts';

const part = (name: string | number, share = '99.9%'): Element => element(`part/${name}`, parsePercentage(share));
const parts = (count: number, share?: string): readonly Element[] =>
  Array.from({ length: count }, (_, index) => part(index, share));

const spelled = (structure: Structure): string => spellPercentage(availabilityOf(structure));

describe('availability', () => {
  test('is what every state of the elements adds up to, on any graph of up to 12 elements', () => {
    fc.assert(
      fc.property(structures(12), structure => {
        expect(compareShares(availabilityOf(structure), bruteForce(structure))).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  test.each<[string, Structure, string]>([
    ['all of two', all([part('a'), part('b')]), '99.8001%'],
    ['one of two', any([part('a'), part('b')]), '99.9999%'],
    ['two of three', atLeast(2, parts(3)), '99.9997002%'],
    ['none of two', atLeast(0, parts(2)), '100%'],
    ['three of two', atLeast(3, parts(2)), '0%'],
    ['all of nothing', all([]), '100%'],
    ['one of nothing', any([]), '0%'],
    ['one shared by two, counted once', all([any([part('a'), part('b')]), part('a')]), '99.9%'],
    ['two replicas on one host', any([all([part(1), part('host')]), all([part(2), part('host')])]), '99.8999001%'],
    ['what nobody has a figure for', all([element('part/new'), part('a')]), '99.9%'],
  ])('of %s', (_, structure, expected) => {
    expect(spelled(structure)).toBe(expected);
  });

  test('never grows when an element gets worse', () => {
    fc.assert(
      fc.property(structures(12), fc.nat(11), (structure, index) => {
        const gone = mapElements(structure, one => (one.id === `part/${index}` ? element(one.id, none) : one));
        expect(compareShares(availabilityOf(gone), availabilityOf(structure))).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('importance', () => {
  test('is what the whole is worth with an element less what it is worth without', () => {
    fc.assert(
      fc.property(structures(8), structure => {
        const { importance } = evaluate(structure);
        for (const { id, availability } of elementsOf(structure)) {
          const being = (share: typeof whole) =>
            bruteForce(mapElements(structure, one => (one.id === id ? element(id, share) : one)));
          const expected = difference(being(whole), being(none));
          if (availability) expect(compareShares(importance.get(id) ?? none, expected), id).toBe(0);
          else expect(importance.has(id)).toBe(false);
        }
      }),
    );
  });
});

describe('a structure', () => {
  test('stands or falls as the diagram says', () => {
    fc.assert(
      fc.property(structures(12), fc.array(fc.nat(11)), (structure, gone) => {
        const down = new Set(gone.map(index => `part/${index}`));
        const certain = mapElements(structure, ({ id }) => element(id, down.has(id) ? none : whole));
        expect(availabilityOf(certain)).toEqual(stands(structure, down) ? whole : none);
      }),
    );
  });

  test('with two figures for one element is refused', () => {
    expect(() => availabilityOf(all([part('a', '99%'), any([part('a', '98%'), part('b')])]))).toThrow(
      'part/a has two availabilities',
    );
    expect(() => availabilityOf(all([part('a', '99%'), element('part/a')]))).toThrow('two availabilities');
    expect(spelled(all([part('a', '99%'), part('a', '99.00%')]))).toBe('99%');
  });
});

describe('of many elements', () => {
  const hosts = parts(4, '99.5%');
  const spread = (services: number): Structure =>
    all(
      Array.from({ length: services }, (_, s) =>
        any([0, 1, 2].map(r => all([part(`${s}.${r}`), hosts[(s + r) % hosts.length] as Element]))),
      ),
    );

  /** The same by another way: once it is known which hosts are there, services are independent of each other. */
  const byHosts = (services: number): Share =>
    Array.from({ length: 2 ** hosts.length }, (_, state) => {
      const isUp = hosts.map((_, index) => Math.floor(state / 2 ** index) % 2 === 1);
      const chances = isUp.map(is => parsePercentage(is ? '99.5%' : '0.5%'));
      const service = (s: number) =>
        [0, 1, 2].filter(r => isUp[(s + r) % hosts.length]).map(() => parsePercentage('0.1%'));
      return product([...chances, ...Array.from({ length: services }, (_, s) => complement(product(service(s))))]);
    }).reduce(sum);

  test('40 in series, in parallel, as a quorum and spread over hosts are exact', () => {
    expect(spelled(all(parts(40, '99%')))).toBe(spellPercentage({ units: 99n ** 40n, places: 80 }));
    expect(spelled(any(parts(40, '99%')))).toBe(`99.${'9'.repeat(78)}%`);
    expect(spelled(atLeast(40, parts(40, '99%')))).toBe(spelled(all(parts(40, '99%'))));
    expect(compile(spread(12)).elements).toHaveLength(40);
    expect(compareShares(availabilityOf(spread(12)), byHosts(12))).toBe(0);
  });

  test('what depends on each other in too many ways is refused, soon', () => {
    const all40 = parts(40);
    const triples = Array.from({ length: 400 }, (_, n) =>
      any([7, 11, 13].map((step, index) => all40[(n * step + index * (n % 17)) % 40] as Element)),
    );
    expect(() => availabilityOf(all(triples))).toThrow(
      'a bound whose elements depend on each other in so many ways is not computed',
    );
  });
});
