import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareShares, parsePercentage, spellPercentage } from '../../kit/percentage.ts';
import { check } from '../../model/check.ts';
import { declaredFor } from '../../model/declaration/slot.ts';
import { image } from '../../model/image.ts';
import { network } from '../../model/network.ts';
import { probe } from '../../model/probe.ts';
import { outage } from '../../model/promise/fault.ts';
import type { Objective } from '../../model/promise/objective.ts';
import { type PromiseHandle, type PromiseOptions, promise } from '../../model/promise.ts';
import { type ServiceOptions, service } from '../../model/service.ts';
import { system } from '../../model/system.ts';
import type { SystemModel } from '../../model/system-model.ts';
import { team } from '../../model/team.ts';
import { upstream } from '../../model/upstream.ts';
import { promiseBounds, unsignedExcesses } from './of-promise.ts';
import { all, element } from './structure.ts';
import { bruteForce } from './testing/brute-force.ts';

const now = Date.parse('2026-11-28T12:00:00Z');

/** A shop whose one promise is given two upstreams of 99.9% and 99.5%. */
const shop = (
  more: (handles: { readonly mail: ReturnType<typeof upstream> }) => Partial<PromiseOptions>,
): SystemModel =>
  declaredFor({ name: 'local', engines: ['default'] }, () =>
    system('shop', () => {
      const crew = team('crew', { people: ['ada@shop.example'] });
      const [stripe, mail] = [upstream('stripe', { sla: '99.9%' }), upstream('mail', { sla: '99.5%' })];
      const lan = network('lan');
      const web = service('web', {
        image: image('app', { archive: './app.tar' }),
        network: lan,
        ports: { http: 8080 },
      });
      const answers = check(web, it => void it.http('http', '/healthz').answers(200));
      promise('a shopper can check out', {
        by: crew,
        given: [stripe, mail],
        measured: answers,
        ...more({ mail }),
      });
    }),
  );

const boundOf = (model: SystemModel): string => {
  const [only] = promiseBounds(model);
  return only ? spellPercentage(only.bound.availability, 6) : '';
};

describe('the bound of a promise', () => {
  test('is the product of what it is given; what has no figure is assumed, and said to be', () => {
    const model = shop(() => ({ objective: '99% over 30d' }));
    expect(boundOf(model)).toBe('99.4005%');
    expect(promiseBounds(model)[0]?.bound.assumed).toEqual(
      expect.arrayContaining(['instance/web.1', 'host/default', 'image/app', 'network/lan', 'team/crew']),
    );
    expect(unsignedExcesses(model, now)).toEqual([]);
  });

  test('leaves out an upstream whose outage is survived', () => {
    expect(boundOf(shop(({ mail }) => ({ objective: '99% over 30d', survives: [outage(mail)] })))).toBe('99.9%');
  });

  test('below what is promised is refused: by how much, what caps it, what lifts it', () => {
    const [wrong, ...more] = unsignedExcesses(
      shop(() => ({ objective: '99.9% over 30d' })),
      now,
    );
    expect(more).toEqual([]);
    expect(wrong?.parts.what).toContain('promises 99.9%');
    expect(wrong?.parts.what).toContain('99.4005%');
    expect(wrong?.parts.why).toContain('0.4995 percentage points');
    expect(wrong?.parts.why).toContain('upstream/mail caps it');
    expect(wrong?.parts.fix).toContain('better upstream/mail first');
    expect(wrong?.parts.fix).toContain('let crew sign the risk');
    expect(wrong?.parts.where).toMatch(/of-promise\.test\.ts:\d+/);
  });

  test('may be passed while somebody has signed for it, and no day longer', () => {
    const signed = (until: string) =>
      shop(() => ({
        objective: '99.9% over 30d',
        acceptedBy: 'ada@shop.example',
        because: 'mail is being replaced',
        until,
      }));
    expect(unsignedExcesses(signed('2026-11-28'), now)).toEqual([]);
    expect(unsignedExcesses(signed('2026-11-27'), now)).toHaveLength(1);
  });

  test('takes only the way of the URL that is measured', () => {
    const literal = shop(() => ({ objective: '99% over 30d', measured: probe.https('https://shop.example/') }));
    expect(promiseBounds(literal)[0]?.bound.assumed).toEqual(['team/crew']);
  });
});

describe('a figure that is declared', () => {
  /** A shop of two machines, of which a promise is measured at the web. */
  const told = (web: Partial<ServiceOptions>, hosts?: Readonly<Record<string, string>>, onCall?: string) =>
    declaredFor({ name: 'local', engines: ['default'], ...(hosts && { hosts }) }, () =>
      system('shop', () => {
        const crew = team('crew', { people: ['ada@shop.example'], ...(onCall && { availability: onCall }) });
        const on = { image: image('app', { archive: './app.tar' }), network: network('lan') };
        const one = service('web', { ...on, ...web });
        const runs = check(one, it => void it.file('/app').exists());
        promise('the web runs', { by: crew, measured: runs, objective: '99.5% over 30d' });
      }),
    );

  test('of a service is of each instance: more of them give more, as far as they do not fail together', () => {
    expect(boundOf(told({ availability: '99%' }))).toBe('99%');
    expect(boundOf(told({ availability: '99%', replicas: 2 }))).toBe('99.891908%');
    expect(boundOf(told({ availability: '99%', replicas: 2, commonCause: '50%' }))).toBe('99.497512%');
    expect(unsignedExcesses(told({ availability: '99%', replicas: 2 }), now)).toEqual([]);
  });

  test('of a machine is of the engine, and of a team that somebody answers', () => {
    expect(boundOf(told({}, { default: '99.9%' }))).toBe('99.9%');
    expect(boundOf(told({ availability: '99%', replicas: 3 }, { default: '98%' }, '90%'))).toBe('88.111735%');
    expect(boundOf(told({}, { elsewhere: '1%' }))).toBe('100%');
  });

  test('is named where it caps a promise, and is assumed no more', () => {
    const model = told({ availability: '99%' }, { default: '99.9%' }, '99.8%');
    const [wrong] = unsignedExcesses(model, now);
    expect(wrong?.parts.why).toContain('instance/web.1 caps it: it is there 99% of the time');
    expect(wrong?.parts.fix).toContain('better instance/web.1 first: 99.7002% if it never failed');
    expect(promiseBounds(model)[0]?.bound.assumed).toEqual(['image/app', 'network/lan']);
  });
});

describe('a promise that is given others', () => {
  /** Each is given some of those before it, and upstreams. */
  interface Node {
    readonly objective?: number | undefined;
    readonly given: readonly number[];
    readonly upstreams: readonly number[];
  }
  const slas = ['99.9%', '99%', '95%', '90%'];
  const shareOf = (permille: number) => `${permille / 10}%`;

  const built = (nodes: readonly Node[]): SystemModel =>
    declaredFor({ name: 'local' }, () =>
      system('shop', () => {
        const by = team('crew', { people: ['ada@shop.example'] });
        const companies = slas.map((sla, at) => upstream(`company-${at}`, { sla }));
        const made: PromiseHandle[] = [];
        for (const [at, { objective, given, upstreams }] of nodes.entries()) {
          const measured = probe.https(`https://shop.example/${at}`);
          made.push(
            promise(`it does ${at}`, {
              by,
              given: [...given.flatMap(one => made[one] ?? []), ...upstreams.flatMap(one => companies[one] ?? [])],
              ...(objective === undefined ? { recovers: { within: '1h' } } : {}),
              ...(objective !== undefined && { measured, objective: `${shareOf(objective)} over 30d` as Objective }),
            }),
          );
        }
      }),
    );

  /** All that one rests on, gone through without any of what is tested. */
  function below(at: number, nodes: readonly Node[]): readonly number[] {
    const given = [...new Set(nodes[at]?.given ?? [])].filter(one => one < at);
    return [at, ...given.flatMap(one => below(one, nodes))];
  }

  const node: fc.Arbitrary<Node> = fc.record({
    objective: fc.option(fc.integer({ min: 800, max: 999 }), { nil: undefined }),
    given: fc.uniqueArray(fc.nat(5), { maxLength: 3 }),
    upstreams: fc.uniqueArray(fc.nat(3), { maxLength: 2 }),
  });

  test('is bound by what all of these promise and rest on, however they are given', () => {
    fc.assert(
      fc.property(fc.array(node, { minLength: 1, maxLength: 6 }), nodes => {
        for (const [at, { bound }] of promiseBounds(built(nodes)).entries()) {
          const reached = below(at, nodes);
          const rests = new Set(reached.flatMap(one => nodes[one]?.upstreams ?? []));
          const structure = all([...rests].map(one => element(`company/${one}`, parsePercentage(slas[one] ?? '0%'))));
          const promised = reached.filter(one => one !== at).flatMap(one => nodes[one]?.objective ?? []);
          const most = parsePercentage(shareOf(Math.min(1_000, ...promised)));
          const found = bruteForce(structure);
          expect(compareShares(bound.availability, compareShares(most, found) < 0 ? most : found)).toBe(0);
        }
      }),
    );
  });

  const chain = (objectives: readonly [number, number, number]) =>
    built(objectives.map((objective, at) => ({ objective, given: at === 0 ? [] : [at - 1], upstreams: [] })));

  test('above what one of them promises is refused, names it, and says what would lift it', () => {
    const [wrong, ...more] = unsignedExcesses(chain([990, 980, 999]), now);
    expect(more).toEqual([]);
    expect(wrong?.parts.what).toContain('promises 99.9%; what it rests on allows 98% at most');
    expect(wrong?.parts.why).toContain('promise/it-does-1, which it is given, caps it: 98% is promised there');
    expect(wrong?.parts.fix).toContain('promise more in promise/it-does-1 first: 99% if enough were promised there');
  });

  test('is lifted by nothing that they rest on while they promise too little', () => {
    const model = built([
      { objective: 900, given: [], upstreams: [0, 1] },
      { objective: 850, given: [0], upstreams: [] },
    ]);
    expect(promiseBounds(model)[1]?.bound).toMatchObject({
      lifts: [],
      ceiling: { ids: ['promise/it-does-0'], objective: parsePercentage('90%'), lifted: parsePercentage('98.901%') },
    });
  });
});
