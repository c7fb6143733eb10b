import { describe, expect, test } from 'vitest';
import { check } from './check.ts';
import { declaredFor } from './declaration/slot.ts';
import { image } from './image.ts';
import { network } from './network.ts';
import { probe } from './probe.ts';
import { failover, loss, outage } from './promise/fault.ts';
import { slugOf } from './promise/slug.ts';
import { promise } from './promise.ts';
import { refTo } from './ref.ts';
import { restsOnIn, startsOfPromise } from './rests-on.ts';
import { routes } from './routes.ts';
import { service } from './service.ts';
import { system } from './system.ts';
import { resourcesOf, type SystemModel } from './system-model.ts';
import { team } from './team.ts';
import { upstream } from './upstream.ts';
import { volume } from './volume.ts';

const declared = (build: () => void): SystemModel => declaredFor({ name: 'local' }, () => system('shop', build));

/** A shop with two services behind its edge, each of an image of its own, and a database. */
function shop() {
  const lan = network('lan');
  const crew = team('crew', { people: ['ada@shop.example'] });
  const stripe = upstream('stripe', { sla: '99.9%' });
  const base = image('base', { archive: './base.tar' });
  const db = service('db', {
    image: base,
    network: lan,
    replicas: 2,
    mounts: { '/data': volume('data', { writers: 'many' }) },
  });
  const on = { network: lan, replicas: 2, ports: { http: 8080 } } as const;
  const web = service('web', { ...on, image: image('web', { archive: './web.tar' }), needs: [db] });
  const api = service('api', { ...on, image: image('api', { archive: './api.tar' }) });
  const door = service('door', { ...on, image: image('caddy', { archive: './caddy.tar' }) });
  routes('door', { edge: door, routes: { 'shop.example': web.port('http'), 'shop.example/api': api.port('http') } });
  const url = (path: `/${string}`) => refTo('service/door', 'url', path);
  return { crew, stripe, db, web, api, url };
}

const promiseIn = (model: SystemModel) => resourcesOf(model, 'promise')[0] ?? expect.fail('there is a promise');

describe('a promise', () => {
  const model = declared(() => {
    const { crew, stripe, web, db, url } = shop();
    promise('a shopper can check out', {
      by: crew,
      measured: probe.https(url('/checkout')).answers(200, 303).within('800ms').every('10s'),
      objective: '99.50% over 30d',
      given: [stripe],
      survives: [loss(web, 1), failover(db, { within: '30s', losing: 0 }), outage(stripe)],
      recovers: { within: '10m', losing: '1m' },
      rehearsed: 'weekly',
      alerts: [{ burn: '14.4', over: '1h', and: '5m', calls: 'page' }],
      acceptedBy: 'ada@shop.example',
      because: 'the contract says so',
      until: '2027-01-31',
    });
  });

  test('is plain data, with its objective as it was given and in exact parts', () => {
    expect(promiseIn(model)).toMatchObject({
      kind: 'promise',
      name: 'a-shopper-can-check-out',
      needs: ['team/crew', 'upstream/stripe', 'service/door', 'service/web', 'service/db'],
      spec: {
        sentence: 'a shopper can check out',
        by: 'team/crew',
        given: ['upstream/stripe'],
        measured: {
          type: 'http',
          url: { $ref: { of: 'service/door', what: 'url', rest: '/checkout' } },
          status: [200, 303],
          within: 800,
          every: 10_000,
        },
        objective: { text: '99.50% over 30d', target: '99.50%', over: 2_592_000_000 },
        checks: [],
        survives: [
          { type: 'loss', of: 'service/web', instances: 1 },
          { type: 'failover', of: 'service/db', within: 30_000, losing: 0 },
          { type: 'outage', of: 'upstream/stripe' },
        ],
        recovers: { within: 600_000, losing: 60_000 },
        rehearsed: 'weekly',
        alerts: [{ burn: '14.4', over: 3_600_000, and: 300_000, calls: 'page' }],
        risk: { acceptedBy: 'ada@shop.example', because: 'the contract says so', until: '2027-01-31' },
      },
    });
  });

  test('may rest on checks alone, and be measured by one', () => {
    const both = declared(() => {
      const { crew } = shop();
      const files = check(image('own', { archive: './own.tar' }), it => it.file('/app').exists());
      promise('the files are there', { by: crew, checks: [files] });
      promise('the files stay there', { by: crew, measured: files, objective: '99% over 7d' });
    });
    expect(resourcesOf(both, 'promise').map(({ spec }) => ({ checks: spec.checks, measured: spec.measured }))).toEqual(
      [{ checks: ['check/own'] }, { checks: [], measured: { type: 'check', check: 'check/own', every: 60_000 } }].map(
        each => ({ measured: undefined, ...each }),
      ),
    );
  });

  test('may be given another promise, and survive the outage of what that one is given', () => {
    const model = declared(() => {
      const { crew, stripe, web } = shop();
      const paid = promise('a card is charged', { by: crew, given: [stripe], survives: [loss(web)] });
      promise('a shopper can check out', { by: crew, given: [paid], survives: [outage(stripe)] });
    });
    expect(resourcesOf(model, 'promise')[1]?.needs).toContain('promise/a-card-is-charged');
  });
});

describe('what a promise rests on', () => {
  const pathOf = (path: `/${string}`) => {
    const model = declared(() => {
      const { crew, url } = shop();
      promise('it answers', { by: crew, measured: probe.https(url(path)), objective: '99% over 7d' });
    });
    return [...restsOnIn(model.resources)(startsOfPromise(promiseIn(model).spec))]
      .filter(of => of.startsWith('service/'))
      .sort();
  };

  test.each(['/', '/checkout', '/apiary', '/?next=/api'] as const)('%s leads to the web and its database', path => {
    expect(pathOf(path)).toEqual(['service/db', 'service/door', 'service/web']);
  });

  test.each(['/api', '/api/orders', '/api?all'] as const)('%s leads to the api alone', path => {
    expect(pathOf(path)).toEqual(['service/api', 'service/door']);
  });
});

describe('the name of a sentence', () => {
  test.each([
    ['a shopper can check out', 'a-shopper-can-check-out'],
    ['A shopper can’t lose an order!', 'a-shopper-cant-lose-an-order'],
    ['Käufer können bezahlen', 'kaufer-konnen-bezahlen'],
    ['99 of 100 orders ship', 'of-100-orders-ship'],
    ['orders ship within 24h', 'orders-ship-within-24h'],
    ['каждый заказ доходит', undefined],
    ['2 + 2', undefined],
  ])('“%s” is %s', (sentence, name) => {
    expect(slugOf(sentence)).toBe(name);
  });

  test('of a long one is cut between words', () => {
    const name = slugOf(`a shopper who ${'really '.repeat(20)}wants it`) ?? '';
    expect(name).toMatch(/^a-shopper-who(-really)+$/);
    expect(name.length).toBeLessThanOrEqual(63);
    expect(slugOf('x'.repeat(80))).toBe('x'.repeat(63));
  });
});
