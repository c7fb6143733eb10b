import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareShares, parsePercentage, spellPercentage, whole } from '../../kit/percentage.ts';
import { boundOf } from './bound.ts';
import { availabilityOf } from './evaluate.ts';
import { type CommonCause, correlated, type Graph } from './graph.ts';
import { all, any, type Element, element, elementsOf, mapElements, type Structure } from './structure.ts';
import { structures } from './testing/structures.ts';

const share = parsePercentage;
const stripe = element('upstream/stripe', share('99.9%'));
const host = element('host/default', share('99.99%'));

/** So many instances on one host that call a company. */
const shop = (count: number, availability = '99.5%'): Graph => {
  const members = Array.from({ length: count }, (_, index) => `instance/web.${index + 1}`);
  return {
    structure: all([
      any(members.map(id => all([element(id, share(availability)), host]))),
      stripe,
      element('team/crew'),
    ]),
    commonCauses: [{ id: 'common-cause/web', beta: share('10%'), members }],
  };
};

const lift = (graph: Graph, id: string) => boundOf(graph).lifts.find(one => one.id === id);

describe('a bound', () => {
  test('is told with its causes in common and without', () => {
    const { availability, independent } = boundOf(shop(2));
    expect([availability, independent].map(one => spellPercentage(one, 6))).toEqual(['99.838043%', '99.887512%']);
  });

  test('of one instance has no causes in common with another', () => {
    const { availability, independent } = boundOf(shop(1));
    expect(availability).toEqual(independent);
    expect(spellPercentage(availability, 6)).toBe('99.390559%');
  });

  test('lists what nobody has a figure for', () => {
    expect(boundOf(shop(2)).assumed).toEqual(['team/crew']);
  });

  test('names what the whole falls with, the lowest first and what is assumed last', () => {
    expect(boundOf(shop(2)).singlePoints.map(({ id }) => id)).toEqual([
      'upstream/stripe',
      'common-cause/web',
      'host/default',
      'team/crew',
    ]);
  });

  test('never gets higher by a cause in common', () => {
    fc.assert(
      fc.property(structures(8), fc.nat(100), (structure, percent) => {
        const members = elementsOf(structure).map(({ id }) => id);
        const graph = { structure, commonCauses: [{ id: 'common-cause/all', beta: share(`${percent}%`), members }] };
        const { availability } = boundOf(graph);
        expect(compareShares(availability, whole)).toBeLessThanOrEqual(0);
        if (percent === 0) expect(availability).toEqual(availabilityOf(structure));
      }),
    );
  });
});

describe('the bound of many', () => {
  const instances = (count: number): readonly Element[] =>
    Array.from({ length: count }, (_, index) => element(`instance/web.${index + 1}`, share('90%')));
  const one = (parts: readonly Structure[]): Graph => ({
    structure: all(parts),
    commonCauses: [{ id: 'common-cause/web', beta: share('10%'), members: ['instance/web.1', 'instance/web.2'] }],
  });

  test('is computed of 40, and what they have in common comes on top', () => {
    expect(boundOf(one(instances(40))).lifts).toHaveLength(41);
  });

  test('is refused of 41', () => {
    expect(() => boundOf(one(instances(41)))).toThrow('a bound that rests on 41 elements is not computed');
  });

  test('counts none that has no figure', () => {
    expect(boundOf(one([...instances(40), element('team/crew')])).assumed).toEqual(['team/crew']);
  });
});

describe('a cause in common', () => {
  const unlike: CommonCause = {
    id: 'common-cause/db',
    beta: share('50%'),
    members: ['instance/db.1', 'instance/db.2'],
  };
  const [first, second] = [element('instance/db.1', share('90%')), element('instance/db.2', share('80%'))];

  test('of replicas that differ is taken from the best of them', () => {
    const parts = elementsOf(correlated({ structure: any([first, second]), commonCauses: [unlike] }));
    expect(parts).toEqual([
      element('instance/db.1', share('95%')),
      element('common-cause/db', share('95%')),
      element('instance/db.2', share('85%')),
    ]);
  });

  test('is nobody’s where one of them never fails', () => {
    const structure = any([first, element('instance/db.2')]);
    expect(correlated({ structure, commonCauses: [unlike] })).toBe(structure);
  });
});

describe('a lift', () => {
  const perfected = (structure: Structure, id: string): Structure =>
    mapElements(structure, one => (one.id === id ? element(id, whole) : one));
  const copied = (structure: Structure, id: string): Structure =>
    mapElements(structure, one => (one.id === id ? any([one, { ...one, id: `${id}/copy` }]) : one));

  test('says what the bound is with a perfect element, and with one more like it', () => {
    fc.assert(
      fc.property(structures(10), structure => {
        const { lifts, availability } = boundOf({ structure, commonCauses: [] });
        for (const { id, perfect, doubled } of lifts) {
          expect(perfect).toEqual(availabilityOf(perfected(structure, id)));
          expect(doubled).toEqual(availabilityOf(copied(structure, id)));
          expect(compareShares(perfect, availability)).toBeGreaterThan(0);
        }
        const lifted = new Set(lifts.map(({ id }) => id));
        for (const { id } of elementsOf(structure).filter(one => !lifted.has(one.id)))
          expect(availabilityOf(perfected(structure, id))).toEqual(availability);
      }),
    );
  });

  test.each([1, 2, 3])('from %d replicas to one more is what that many come to, with what they share', count => {
    expect(lift(shop(count), 'instance/web.1')?.doubled).toEqual(boundOf(shop(count + 1)).availability);
  });

  test('comes in the order of what it gives', () => {
    expect(boundOf(shop(2)).lifts.map(({ id, perfect }) => `${id} ${spellPercentage(perfect, 4)}`)).toEqual([
      'upstream/stripe 99.9379%',
      'common-cause/web 99.8879%',
      'host/default 99.848%',
      'instance/web.1 99.84%',
      'instance/web.2 99.84%',
    ]);
  });

  test('of a cause in common is no further replica: that one shares it too', () => {
    expect(lift(shop(2), 'common-cause/web')?.doubled).toBeUndefined();
  });
});

test('what is shared by two structures stays one element', () => {
  const shared: Element = element('host/a', share('50%'));
  expect(spellPercentage(availabilityOf(all([shared, any([shared, stripe])])))).toBe('50%');
});
