import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toMilliseconds } from '../../kit/duration.ts';
import {
  compareShares,
  complement,
  parsePercentage,
  product,
  type Share,
  spellPercentage,
  sum,
} from '../../kit/percentage.ts';
import { boundOf } from './bound.ts';
import { availabilityOf } from './evaluate.ts';
import { correlated, type Graph } from './graph.ts';
import { aboveBound } from './objective.ts';
import { availabilityByRepair } from './repair.ts';
import { all, any, atLeast, element, elementsOf, type Structure, stands } from './structure.ts';
import { structures } from './testing/structures.ts';

const share = parsePercentage;
const alone = (structure: Structure): Graph => ({ structure, commonCauses: [] });

/** As the literature prints: to the nearest. Ours are rounded down. */
const nearest = (exact: Share, digits: number): string =>
  spellPercentage(sum(exact, { units: 5n, places: digits + 3 }), digits);

const replicas = (count: number, availability: Share, beta: Share): Graph => {
  const members = Array.from({ length: count }, (_, index) => `instance/web.${index + 1}`);
  return {
    structure: any(members.map(id => element(id, availability))),
    commonCauses: [{ id: 'common-cause/web', beta, members }],
  };
};

describe('in series: all are needed', () => {
  const chain = ['99.98%', '99.95%', '99.80%', '99.99%'].map((figure, n) => element(`part/${n}`, share(figure)));

  test('99.98, 99.95, 99.80 and 99.99 come to 99.72', () => {
    const exact = availabilityOf(all(chain));
    expect(spellPercentage(exact)).toBe('99.720176965002%');
    expect([nearest(exact, 2), nearest(exact, 4)]).toEqual(['99.72%', '99.7202%']);
    expect(spellPercentage(exact, 4)).toBe('99.7201%');
  });

  test('an SLA of 99.90 over what gives 99.45 is above its bound', () => {
    const bound = boundOf(alone(element('upstream/cloud', share('99.45%'))));
    expect(aboveBound('orders go through', share('99.90%'), bound)?.why).toMatch(/^that is 0\.45 percentage points/);
  });
});

describe('redundant: some are needed', () => {
  test('two of 99.9 that fail independently come to 99.9999', () => {
    expect(spellPercentage(boundOf(replicas(2, share('99.9%'), share('10%'))).independent)).toBe('99.9999%');
  });

  test('two of 99.9 with a tenth of their failures in common come to 99.990, not to 99.9999', () => {
    const { availability } = boundOf(replicas(2, share('99.9%'), share('10%')));
    expect(spellPercentage(availability)).toBe('99.9899190081%');
    expect(nearest(availability, 3)).toBe('99.99%');
    expect(spellPercentage(availability, 3)).toBe('99.989%');
  });

  test('1 − [β(1 − A) + ((1 − β)(1 − A))ⁿ] is below it by no more than the two of them at once', () => {
    const some = fc.integer({ min: 0, max: 1_000 }).map(units => ({ units: BigInt(units), places: 3 }));
    fc.assert(
      fc.property(some, some, fc.integer({ min: 2, max: 6 }), (availability, beta, count) => {
        const gone = complement(availability);
        const together = product([beta, gone]);
        const each = product(Array(count).fill(product([complement(beta), gone])));
        const exact = availabilityOf(correlated(replicas(count, availability, beta)));
        expect(compareShares(exact, product([complement(together), complement(each)]))).toBe(0);
        expect(compareShares(exact, sum(complement(sum(together, each)), product([together, each])))).toBe(0);
      }),
    );
  });

  test('k of n come to Σ C(n,j) Aʲ (1 − A)ⁿ⁻ʲ', () => {
    const binomial = (n: number, j: number): bigint =>
      j === 0 ? 1n : (binomial(n - 1, j - 1) * BigInt(n)) / BigInt(j);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(12), fc.nat(100), (n, k, percent) => {
        const [there, gone] = [BigInt(percent), BigInt(100 - percent)];
        let units = 0n;
        for (let j = k; j <= n; j += 1) units += binomial(n, j) * there ** BigInt(j) * gone ** BigInt(n - j);
        const parts = Array.from({ length: n }, (_, index) => element(`part/${index}`, share(`${percent}%`)));
        expect(compareShares(availabilityOf(atLeast(k, parts)), { units, places: 2 * n })).toBe(0);
      }),
    );
  });
});

describe('what all pass through', () => {
  test('caps the whole, however many regions there are', () => {
    const regions = Array.from({ length: 10 }, (_, n) => element(`region/${n}`, share('99.9%')));
    const bound = boundOf(alone(all([element('upstream/router', share('99.99%')), any(regions)])));
    expect(spellPercentage(bound.availability, 6)).toBe('99.989999%');
    expect(bound.singlePoints).toEqual([element('upstream/router', share('99.99%'))]);
  });

  test('is never less available than the whole', () => {
    fc.assert(
      fc.property(structures(12), structure => {
        const { singlePoints, availability } = boundOf(alone(structure));
        const expected = elementsOf(structure).filter(({ id }) => !stands(structure, new Set([id])));
        expect(new Set(singlePoints)).toEqual(new Set(expected));
        for (const point of singlePoints)
          if (point.availability) expect(compareShares(availability, point.availability)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

test('repaired by people who sleep: MTBF / (MTBF + MTTR)', () => {
  expect(spellPercentage(availabilityByRepair(toMilliseconds('999h'), toMilliseconds('1h')))).toBe('99.9%');
  expect(spellPercentage(availabilityByRepair(toMilliseconds('30d'), toMilliseconds('10h')), 4)).toBe('98.6301%');
});
