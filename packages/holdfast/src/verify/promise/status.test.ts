import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Footing } from '../../journal/evidence.ts';
import type { FactDraft, StoredFact } from '../../journal/fact.ts';
import { iso } from '../../kit/clock.ts';
import type { Address } from '../../model/address.ts';
import { waive } from '../../model/check/waiver.ts';
import { check } from '../../model/check.ts';
import { declaredFor } from '../../model/declaration/slot.ts';
import { image } from '../../model/image.ts';
import { network } from '../../model/network.ts';
import { probe } from '../../model/probe.ts';
import { loss } from '../../model/promise/fault.ts';
import { type PromiseOptions, promise } from '../../model/promise.ts';
import { refTo } from '../../model/ref.ts';
import { routes } from '../../model/routes.ts';
import { service } from '../../model/service.ts';
import type { ServiceHandle } from '../../model/service-handle.ts';
import { system } from '../../model/system.ts';
import { resourcesOf, type SystemModel } from '../../model/system-model.ts';
import { team } from '../../model/team.ts';
import { groundOf } from '../evidence/footing.ts';
import { explainOf } from './explain.ts';
import { promiseStatuses } from './status.ts';

const day = 86_400_000;
const start = Date.parse('2026-11-01T00:00:00Z');
const ids = (letter: string): string => `sha256:${letter.repeat(64)}`;
const digests = new Map<Address, string>([
  ['image/web', ids('a')],
  ['image/api', ids('b')],
  ['image/caddy', ids('c')],
]);
const without = (of: Address): ReadonlyMap<Address, string> => new Map([...digests].filter(([key]) => key !== of));

interface Choices {
  readonly replicas?: number;
  readonly more?: Partial<PromiseOptions>;
  readonly path?: string;
  readonly webName?: string;
}

/** Two paths through one edge, each with a promise: the checkout through the web, and orders through the api. */
const shop = ({ replicas = 2, more = {}, path = '/checkout', webName = 'web' }: Choices = {}): SystemModel =>
  declaredFor({ name: 'local' }, () =>
    system('shop', () => {
      const crew = team('crew', { people: ['ada@shop.example'] });
      const on = { network: network('lan'), replicas, ports: { http: 8080 } } as const;
      const webImage = image('web', { archive: './web.tar' });
      const moved = webName === 'web' ? {} : { movedFrom: 'web' };
      const web = service(webName, { ...on, ...moved, image: webImage });
      const api = service('api', { ...on, image: image('api', { archive: './api.tar' }) });
      const door = service('door', { ...on, image: image('caddy', { archive: './caddy.tar' }) });
      routes('door', {
        edge: door,
        routes: { 'shop.example': web.port('http'), 'shop.example/api': api.port('http') },
      });
      const at = (path: string) => probe.https(refTo('service/door', 'url', path)).within('800ms');
      const files = check(webImage, it => it.file('/app').exists());
      promise('a shopper can check out', {
        by: crew,
        measured: at(path),
        objective: '99.5% over 30d',
        checks: [files],
        ...more,
      });
      promise('orders arrive', { by: crew, measured: at('/api/orders'), objective: '99% over 7d' });
    }),
  );

let seq = 0;
const stored = (draft: FactDraft, at: number): StoredFact => ({
  format: 1,
  seq: ++seq,
  id: `fact-${seq}`,
  at: iso(at),
  actor: 'ada@laptop',
  ...draft,
});
const scope = { system: 'shop', environment: 'local' } as const;

const ran = (on: Footing, at: number, failed: readonly string[] = [], check: Address = 'check/web'): StoredFact => {
  const payload = { check, passed: failed.length === 0, sentences: 3, failed, on, milliseconds: 4 };
  return stored({ ...scope, kind: 'check.ran', payload }, at);
};

const measured = (of: Address, on: Footing, to: number, good: number, total: number): StoredFact => {
  const payload = { promise: of, good, total, from: iso(to - 3_600_000), to: iso(to), on };
  return stored({ ...scope, kind: 'promise.measured', payload }, to);
};

/** All that keeps both promises, found at `at` on what is declared. */
function evidence(model: SystemModel, at: number, on: ReadonlyMap<Address, string> = digests): readonly StoredFact[] {
  const measures = resourcesOf(model, 'promise').map(one =>
    measured(`promise/${one.name}`, groundOf(model, on).ofMeasure(one), at, 1_000, 1_000),
  );
  return [ran(groundOf(model, on).of('check/web'), at), ...measures];
}

const statusesOf = (
  model: SystemModel,
  facts: readonly StoredFact[],
  now: number,
  on = digests as ReadonlyMap<Address, string>,
) => promiseStatuses({ model, facts, digests: on, now });
const words = (...given: Parameters<typeof statusesOf>) => statusesOf(...given).map(({ status }) => status);
const first = (...given: Parameters<typeof statusesOf>) => statusesOf(...given)[0] ?? expect.fail('there is a promise');

describe('a promise', () => {
  const model = shop();
  const facts = evidence(model, start);

  test('without any fact is unproven', () => {
    expect(words(model, [], start)).toEqual(['unproven', 'unproven']);
  });

  test('with all its evidence on what runs is kept', () => {
    expect(words(model, facts, start + day)).toEqual(['kept', 'kept']);
  });

  test('is stale when the image changes that its evidence rested on, and another one is not', () => {
    expect(words(model, facts, start, new Map([...digests, ['image/web', ids('d')]]))).toEqual(['stale', 'kept']);
    expect(words(model, facts, start, new Map([...digests, ['image/api', ids('d')]]))).toEqual(['kept', 'stale']);
    expect(words(model, facts, start, new Map([...digests, ['image/caddy', ids('d')]]))).toEqual(['stale', 'stale']);
    expect(words(model, facts, start, without('image/web'))).toEqual(['stale', 'kept']);
  });

  test('says what changed, which fact it was, and what makes it fresh again', () => {
    const { reasons } = first(model, facts, start, new Map([...digests, ['image/web', ids('d')]]));
    expect(reasons).toMatchObject([
      {
        part: { is: 'measured' },
        status: 'stale',
        because: { why: 'changed', changes: [{ of: 'image/web', what: 'digest', from: ids('a'), to: ids('d') }] },
        evidence: { seq: facts[1]?.seq, at: iso(start), on: { 'image/web': { digest: ids('a') } } },
        fresh: { verb: 'check', of: 'promise/a-shopper-can-check-out' },
      },
      { part: { is: 'check', check: 'check/web' }, status: 'stale', fresh: { verb: 'check', of: 'check/web' } },
    ]);
  });

  test('is stale when the topology changes under it, and what is only looked at in the image stays', () => {
    const { status, reasons } = first(shop({ replicas: 3 }), facts, start);
    expect(status).toBe('stale');
    expect(reasons.map(reason => reason.status)).toEqual(['stale', 'kept']);
  });

  test('is stale when another question is asked', () => {
    expect(words(shop({ path: '/basket' }), facts, start)).toEqual(['stale', 'kept']);
  });

  test('keeps its evidence when what it rests on is renamed', () => {
    expect(words(shop({ webName: 'front' }), facts, start)).toEqual(['kept', 'kept']);
  });

  test('is of its own system and environment', () => {
    const elsewhere = facts.map(fact => ({ ...fact, environment: 'staging' }));
    expect(words(model, elsewhere, start)).toEqual(['unproven', 'unproven']);
  });

  test('is not shown by a fact that was redacted', () => {
    expect(
      words(
        model,
        facts.map(fact => ({ ...fact, redacted: 'a name stood in it' })),
        start,
      ),
    ).toEqual(['unproven', 'unproven']);
  });
});

describe('of any system', () => {
  const nodes = fc.array(fc.record({ image: fc.nat(4), needs: fc.array(fc.nat(9), { maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 10,
  });
  type Nodes = readonly { readonly image: number; readonly needs: readonly number[] }[];

  /** Each node a service that needs some of those before it; a promise is measured at each. */
  const built = (all: Nodes): SystemModel =>
    declaredFor({ name: 'local' }, () =>
      system('shop', () => {
        const by = team('crew', { people: ['ada@shop.example'] });
        const lan = network('lan');
        const images = [0, 1, 2, 3, 4].map(number => image(`image-${number}`, { archive: `./${number}.tar` }));
        const made: ServiceHandle[] = [];
        for (const [index, node] of all.entries()) {
          const needs = [...new Set(node.needs)].flatMap(need => made[need] ?? []);
          made.push(service(`node-${index}`, { image: images[node.image] ?? expect.fail(), network: lan, needs }));
          const measured = probe.https(refTo(`service/node-${index}`, 'url', '/'));
          promise(`node ${index} answers`, { by, measured, objective: '99% over 7d' });
        }
      }),
    );

  const reaches = (all: Nodes, from: number, image: number): boolean =>
    all[from]?.image === image || (all[from]?.needs ?? []).some(need => need < from && reaches(all, need, image));

  test('a changed image turns stale what rested on it, and nothing else', () => {
    fc.assert(
      fc.property(nodes, fc.nat(4), (all, changed) => {
        const model = built(all);
        const before = new Map<Address, string>([0, 1, 2, 3, 4].map(number => [`image/image-${number}`, ids('a')]));
        const ground = groundOf(model, before);
        const facts = resourcesOf(model, 'promise').map(one =>
          measured(`promise/${one.name}`, ground.ofMeasure(one), start, 1_000, 1_000),
        );
        const after = new Map(before).set(`image/image-${changed}`, ids('b'));
        expect(words(model, facts, start, before)).toEqual(all.map(() => 'kept'));
        expect(words(model, facts, start, after)).toEqual(
          all.map((_, index) => (reaches(all, index, changed) ? 'stale' : 'kept')),
        );
      }),
    );
  });
});

describe('a check of a promise', () => {
  const model = shop();
  const facts = evidence(model, start);
  const on = groundOf(model, digests).of('check/web');

  test('that failed on what runs breaks it, however long ago, until it passes', () => {
    const failed = [...facts, ran(on, start + day, ['/app does not exist'])];
    expect(words(model, failed, start + 20 * day)[0]).toBe('broken');
    expect(words(model, [...failed, ran(on, start + 2 * day)], start + 3 * day)[0]).toBe('kept');
  });

  test('that failed on what no longer runs says nothing of what does', () => {
    const failed = [...facts, ran(on, start + day, ['/app does not exist'])];
    expect(words(model, failed, start + day, new Map([...digests, ['image/web', ids('d')]]))[0]).toBe('stale');
  });

  test('that passed by a waiver holds as long as somebody answers for it, and no day longer', () => {
    const waived = [{ sentence: '/app exists', found: 'no', owner: 'crew', because: 'it moves', until: '2026-11-10' }];
    const run = ran(on, start, []);
    const facts = [{ ...run, payload: { ...(run.payload as object), waived } } as StoredFact];
    const of = (now: string) => first(model, facts, Date.parse(now)).reasons[1];
    expect(of('2026-11-10T23:59:59.999Z')).toMatchObject({
      status: 'kept',
      because: { waived },
      until: '2026-11-11T00:00:00.000Z',
    });
    expect(of('2026-11-11T00:00:00.000Z')).toMatchObject({
      status: 'broken',
      because: { failed: ['/app exists: no, which crew answered for until 2026-11-10'] },
    });
  });

  test.each([
    ['daily', 1],
    ['weekly', 7],
    ['monthly', 31],
    ['quarterly', 92],
    ['yearly', 366],
  ] as const)('rehearsed %s is good for %i days, to the millisecond', (rehearsed, days) => {
    const model = shop({ more: { rehearsed } });
    const on = groundOf(model, digests).of('check/web');
    const of = (now: number) => first(model, [ran(on, start)], now).reasons[1];
    expect(of(start + days * day)).toMatchObject({ status: 'kept', until: iso(start + days * day) });
    expect(of(start + days * day + 1)).toMatchObject({
      status: 'stale',
      because: { why: 'aged', allowed: days * day },
    });
  });
});

describe('what is measured', () => {
  const model = shop();
  const [checkout] = resourcesOf(model, 'promise');
  const on = groundOf(model, digests).ofMeasure(checkout ?? expect.fail());
  const of = 'promise/a-shopper-can-check-out';
  const statusOf = (facts: readonly StoredFact[], now: number, digest = digests as ReadonlyMap<Address, string>) =>
    first(model, facts, now, digest).reasons[0];

  test.each([
    [995, 1_000, 'kept'],
    [994, 1_000, 'broken'],
    [199, 200, 'kept'],
    [198, 199, 'broken'],
    [1, 1, 'kept'],
    [0, 1, 'broken'],
    [9_949_999_999_999, 10_000_000_000_000, 'broken'],
    [9_950_000_000_000, 10_000_000_000_000, 'kept'],
  ])('%i of %i is compared exactly: %s', (good, total, status) => {
    expect(statusOf([measured(of, on, start, good, total)], start)?.status).toBe(status);
  });

  test('is kept exactly where good · 1000 ≥ 995 · total', () => {
    const counts = fc
      .integer({ min: 1, max: 10 ** 6 })
      .chain(total => fc.tuple(fc.integer({ min: 0, max: total }), fc.constant(total)));
    fc.assert(
      fc.property(counts, ([good, total]) => {
        const status = statusOf([measured(of, on, start, good, total)], start)?.status;
        expect(status).toBe(good * 1_000 >= 995 * total ? 'kept' : 'broken');
      }),
    );
  });

  test('adds up over the window, and leaves it', () => {
    const facts = [measured(of, on, start, 900, 1_000), measured(of, on, start + day, 1_000, 1_000)];
    expect(statusOf(facts, start + day)).toMatchObject({ status: 'broken', because: { good: 1_900, total: 2_000 } });
    expect(statusOf(facts, start + 30 * day)).toMatchObject({ status: 'kept', because: { good: 1_000, total: 1_000 } });
    expect(statusOf(facts, start + 32 * day)).toMatchObject({
      status: 'stale',
      because: { why: 'aged', allowed: 30 * day },
    });
  });

  test('of nothing shows nothing', () => {
    expect(statusOf([measured(of, on, start, 0, 0)], start)?.status).toBe('unproven');
  });

  test('counts against the budget whatever ran, and is kept only on what runs', () => {
    const next = new Map([...digests, ['image/web', ids('d')]] as const);
    const after = groundOf(model, next).ofMeasure(checkout ?? expect.fail());
    const bad = measured(of, on, start, 900, 1_000);
    const good = measured(of, on, start, 1_000, 1_000);
    const onNext = measured(of, after, start + day, 100, 100);
    expect(statusOf([bad, onNext], start + day, next)?.status).toBe('broken');
    expect(statusOf([good], start + day, next)?.status).toBe('stale');
    expect(statusOf([good, onNext], start + day, next)).toMatchObject({ status: 'kept', because: { total: 1_100 } });
  });
});

describe('what only a drill can show', () => {
  const survivor = shop({ more: { recovers: { within: '10m' } } });

  test('is unproven, and so is the promise, however much else is shown', () => {
    const { status, reasons } = first(survivor, evidence(survivor, start), start);
    expect(status).toBe('unproven');
    expect(reasons.at(-1)).toEqual({
      part: { is: 'recovers' },
      status: 'unproven',
      because: { why: 'no means', missing: 'rehearsals' },
    });
  });

  test('never hides what is broken or stale', () => {
    const facts = evidence(survivor, start);
    const failed = ran(groundOf(survivor, digests).of('check/web'), start, ['/app does not exist']);
    expect(words(survivor, [...facts, failed], start)[0]).toBe('broken');
    expect(words(survivor, facts, start, new Map([...digests, ['image/web', ids('d')]]))[0]).toBe('stale');
  });
});

describe('a promise that is given another', () => {
  const model = declaredFor({ name: 'local' }, () =>
    system('shop', () => {
      const crew = team('crew', { people: ['ada@shop.example'] });
      const web = image('web', { archive: './web.tar' });
      const api = image('api', { archive: './api.tar' });
      const paid = promise('cards are charged', { by: crew, checks: [check(web, it => it.file('/app').exists())] });
      promise('orders ship', { by: crew, given: [paid], checks: [check(api, it => it.file('/app').exists())] });
    }),
  );
  const shipped = ran(groundOf(model, digests).of('check/api'), start, [], 'check/api');
  const run = (failed: readonly string[] = []) => ran(groundOf(model, digests).of('check/web'), start, failed);

  test('hangs on it: kept with it, stale with it, and unproven where it is broken', () => {
    expect(words(model, [shipped, run()], start)).toEqual(['kept', 'kept']);
    expect(words(model, [shipped], start)).toEqual(['unproven', 'unproven']);
    expect(words(model, [shipped, run(['no'])], start)).toEqual(['broken', 'unproven']);
    expect(words(model, [shipped, run()], start, new Map([...digests, ['image/web', ids('d')]]))).toEqual([
      'stale',
      'stale',
    ]);
  });
});

describe('an explanation', () => {
  test('tells the chain, with what decides first', () => {
    const model = shop({ more: { recovers: { within: '10m' }, rehearsed: 'weekly' } });
    const facts = evidence(model, start);
    const status = first(model, facts, start + day, new Map([...digests, ['image/web', ids('d')]]));
    const [{ seq: run = 0 } = {}, { seq: figures = 0 } = {}] = facts;
    const lines = explainOf(status, model).map(
      ({ depth, status, text }) => `${'  '.repeat(depth)}${status ?? ''}: ${text}`,
    );
    expect(lines).toEqual([
      'stale: a shopper can check out',
      '  : promised by crew: 99.5% over 30d',
      '  stale: what is measured of it',
      '    : since then image "web" is another one: it was sha256:aaaaaaaaaaaa and is sha256:dddddddddddd',
      `    : fact ${figures} of 2026-11-01T00:00:00.000Z by ada@laptop, on caddy sha256:cccccccccccc, web sha256:aaaaaaaaaaaa`,
      '    : fresh again by holdfast check a-shopper-can-check-out',
      '  stale: check "web"',
      '    : since then image "web" is another one: it was sha256:aaaaaaaaaaaa and is sha256:dddddddddddd',
      `    : fact ${run} of 2026-11-01T00:00:00.000Z by ada@laptop, on web sha256:aaaaaaaaaaaa`,
      '    : fresh again by holdfast check web',
      '  unproven: recovers from nothing',
      '    : nothing shows it yet, since there are no rehearsals yet',
    ]);
  });

  test('of what was measured never tells a share higher than it is', () => {
    const model = shop();
    const of = resourcesOf(model, 'promise')[0] ?? expect.fail();
    const facts = [
      measured(
        'promise/a-shopper-can-check-out',
        groundOf(model, digests).ofMeasure(of),
        start,
        994_999_999,
        1_000_000_000,
      ),
    ];
    const texts = explainOf(first(model, facts, start), model).map(({ text }) => text);
    expect(texts).toContain(
      '994999999 of 1000000000 were good since 2026-10-31T23:00:00.000Z: 99.4999%, and 99.5% is promised',
    );
  });
});

test('a promise is explained with the waivers of all checks that it rests on', () => {
  const model = declaredFor({ name: 'local' }, () =>
    system('shop', () => {
      const crew = team('crew', { people: ['ada@shop.example'] });
      const on = (name: string) => image(name, { archive: './app.tar' });
      const app = check(on('app'), it => it.file('/app').exists());
      const asked = check(on('asked'), it => it.file('/asked').exists());
      const other = check(on('other'), it => it.file('/other').exists());
      for (const one of [app, other]) waive(one, { owner: crew, because: 'it moves', until: '2026-12-31' });
      waive('/asked exists', { owner: crew, because: 'it comes', until: '2026-11-30' });
      const there = promise('it is there', { by: crew, measured: asked, objective: '99% over 7d' });
      promise('it answers', { by: crew, checks: [app], given: [there] });
      promise('others do', { by: crew, checks: [other] });
    }),
  );
  const of = (at: number) =>
    explainOf(statusesOf(model, [], start)[at] ?? expect.fail(), model).map(({ text }) => text);
  const [all, sentence] = [
    'all of check app is waived by crew until 2026-12-31: it moves',
    '"/asked exists" of check asked is waived by crew until 2026-11-30: it comes',
  ];
  const told = [0, 1, 2].map(at => of(at).filter(text => text.includes('is waived by')));
  expect(told).toEqual([
    [sentence],
    [all, sentence],
    ['all of check other is waived by crew until 2026-12-31: it moves'],
  ]);
});

test('the loss of an instance is told in words', () => {
  const model = declaredFor({ name: 'local' }, () =>
    system('shop', () => {
      const crew = team('crew', { people: ['ada@shop.example'] });
      const web = service('web', {
        network: network('lan'),
        image: image('web', { archive: './web.tar' }),
        replicas: 2,
      });
      promise('it answers', { by: crew, survives: [loss(web, 1)] });
    }),
  );
  const lines = explainOf(first(model, [], start), model).map(({ text }) => text);
  expect(lines).toEqual([
    'it answers',
    'promised by crew',
    'survives the loss of 1 of service "web"',
    'nothing shows it yet, since there are no drills yet',
  ]);
});
