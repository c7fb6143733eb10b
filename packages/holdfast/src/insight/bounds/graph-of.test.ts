import { describe, expect, test } from 'vitest';
import { parsePercentage, spellPercentage } from '../../kit/percentage.ts';
import { Problem } from '../../kit/problem.ts';
import type { Address } from '../../model/address.ts';
import { declaredFor } from '../../model/declaration/slot.ts';
import { image } from '../../model/image.ts';
import { network } from '../../model/network.ts';
import { routes } from '../../model/routes.ts';
import { service } from '../../model/service.ts';
import { system } from '../../model/system.ts';
import { job, migration } from '../../model/task.ts';
import { team } from '../../model/team.ts';
import { resource } from '../../model/thing.ts';
import { upstream } from '../../model/upstream.ts';
import { volume } from '../../model/volume.ts';
import { type Bound, boundOf } from './bound.ts';
import { type GraphOptions, graphOf } from './graph-of.ts';
import type { PromiseTarget } from './promise-target.ts';
import { elementsOf, stands } from './structure.ts';

const shop = declaredFor({ name: 'local', engines: ['default', 'east', 'west'] }, () =>
  system('shop', () => {
    team('crew', { people: ['ada@shop.example'] });
    upstream('stripe', { sla: '99.9%' });
    const mail = upstream('mail', { sla: '99.5%' });
    upstream('maps');
    const [base, lan] = [image('base', { archive: './base.tar' }), network('lan')];
    const app = image('app', { dockerfile: './Dockerfile', args: { BASE: base } });
    const runs = { network: lan, ports: { http: 8080 } };
    const db = service('db', { ...runs, image: base, mounts: { '/data': volume('data') } });
    const web = service('web', {
      ...runs,
      image: app,
      replicas: 3,
      env: { DB: db.host },
      before: migration('schema', { command: ['migrate'] }),
    });
    const admin = service('admin', { ...runs, image: app, engine: 'east', needs: [mail] });
    service('spare', { ...runs, image: app, engine: 'west', needs: [resource('license', 'key', {}), db] });
    job('nightly', { network: lan, image: app });
    const door = service('door', { network: lan, image: image('caddy', { archive: './caddy.tar' }) });
    routes('door', { edge: door, routes: { 'shop.example': web.port('http'), 'admin.example': admin.port('http') } });
  }),
);

const target = (given: Partial<PromiseTarget>): PromiseTarget => ({ measured: [], given: [], survives: [], ...given });
const graph = (given: Partial<PromiseTarget>, options?: GraphOptions) => graphOf(shop, target(given), options);
const ids = (given: Partial<PromiseTarget>): readonly string[] =>
  elementsOf(graph(given).structure)
    .map(({ id }) => id)
    .sort();
const bound = (given: Partial<PromiseTarget>, options?: GraphOptions): Bound => boundOf(graph(given, options));
const figures = (all: Readonly<Record<string, string>>): GraphOptions => ({
  figures: new Map(Object.entries(all).map(([id, figure]) => [id, parsePercentage(figure)])),
});

const under = ['host/default', 'image/base', 'instance/db.1', 'network/lan', 'volume/data'];
const web = ['image/app', 'instance/web.1', 'instance/web.2', 'instance/web.3'];

describe('what a promise rests on', () => {
  test('is a service’s instances, host, image and networks, and what it needs', () => {
    expect(ids({ measured: ['service/db'] })).toEqual(under);
    expect(ids({ measured: ['service/web'] })).toEqual([...under, ...web].sort());
    expect(ids({ measured: ['service/spare'] })).toContain('license/key');
  });

  test('is none of what is needed to get there: migrations, jobs, the image below an image', () => {
    const all: Address[] = ['migration/schema', 'job/nightly', 'image/app', 'team/crew'];
    expect(ids({ measured: all })).toEqual([]);
  });

  test('is the company that it is given, and the team that is called', () => {
    expect(ids({ given: ['upstream/stripe', 'upstream/maps'], by: 'team/crew' })).toEqual([
      'team/crew',
      'upstream/maps',
      'upstream/stripe',
    ]);
  });

  test('stands as long as one replica does, and falls with their host', () => {
    const { structure } = graph({ measured: ['service/web'] });
    expect(stands(structure, new Set(['instance/web.1', 'instance/web.3']))).toBe(true);
    expect(stands(structure, new Set(['instance/web.1', 'instance/web.2', 'instance/web.3']))).toBe(false);
    expect(stands(structure, new Set(['host/default']))).toBe(false);
  });

  test('goes on behind an edge: to what the promise names, else to one of all that it leads to', () => {
    const named = ids({ measured: ['service/door', 'service/web'] });
    expect(named).toEqual(['image/caddy', 'instance/door.1', ...under, ...web].sort());
    expect(ids({ measured: ['routes/door', 'service/web'] })).toEqual(named);
    const { structure } = graph({ measured: ['service/door'] });
    expect(stands(structure, new Set(['instance/db.1']))).toBe(true);
    expect(stands(structure, new Set(['instance/db.1', 'host/east']))).toBe(false);
  });

  test('loses the company whose outage is survived, wherever it stands', () => {
    expect(ids({ measured: ['service/admin'] })).toContain('upstream/mail');
    const survives: Address[] = ['upstream/mail', 'upstream/stripe'];
    expect(ids({ measured: ['service/admin'], given: ['upstream/stripe'], survives })).toEqual([
      'host/east',
      'image/app',
      'instance/admin.1',
      'network/lan',
    ]);
  });
});

describe('the bound of a promise', () => {
  test('is that of its companies where nothing else has a figure, and says what is assumed', () => {
    const { availability, assumed } = bound({
      measured: ['service/admin'],
      given: ['upstream/stripe', 'upstream/maps'],
    });
    expect(spellPercentage(availability)).toBe('99.4005%');
    expect(assumed).toEqual(['instance/admin.1', 'host/east', 'image/app', 'network/lan', 'upstream/maps']);
  });

  test('takes a figure of a service for each of its instances, and a closer one before it', () => {
    const { availability, independent } = bound(
      { measured: ['service/web'] },
      figures({ 'service/web': '90%', 'instance/web.3': '80%', 'host/default': '99%', 'upstream/stripe': '1%' }),
    );
    expect(spellPercentage(independent)).toBe('98.802%');
    expect(spellPercentage(availability)).toBe('97.85916261%');
  });

  test('takes another share of failures in common where one is given', () => {
    const beta = { ...figures({ 'service/web': '90%' }), beta: parsePercentage('0%') };
    const { availability, independent } = bound({ measured: ['service/web'] }, beta);
    expect([availability, independent].map(one => spellPercentage(one))).toEqual(['99.9%', '99.9%']);
  });

  test('counts what two promises share once', () => {
    const promises = new Map([
      ['promise/pays', target({ given: ['upstream/stripe'] })],
      ['promise/ships', target({ given: ['upstream/stripe', 'upstream/mail'], survives: ['upstream/mail'] })],
    ] as const);
    const { availability } = bound({ given: ['promise/pays', 'promise/ships', 'upstream/stripe'] }, { promises });
    expect(spellPercentage(availability)).toBe('99.9%');
  });

  test('that is given a promise has only its own outages survived', () => {
    const promises = new Map([['promise/mails', target({ given: ['upstream/mail'] })]] as const);
    const given: Partial<PromiseTarget> = { given: ['promise/mails'], survives: ['upstream/mail'] };
    expect(spellPercentage(bound(given, { promises }).availability)).toBe('99.5%');
  });
});

describe('what is wrong', () => {
  const problem = (given: Partial<PromiseTarget>, options?: GraphOptions) => {
    try {
      graph(given, options);
    } catch (error) {
      if (error instanceof Problem) return error.parts;
      throw error;
    }
    return undefined;
  };

  test('with a circle of promises is told with the way round', () => {
    const promises = new Map([
      ['promise/a', target({ given: ['promise/b'] })],
      ['promise/b', target({ given: ['upstream/stripe', 'promise/c'] })],
      ['promise/c', target({ given: ['promise/b'] })],
    ] as const);
    expect(problem({ given: ['promise/a'] }, { promises })).toMatchObject({
      what: 'promise/b leads back to itself: promise/b → promise/c → promise/b',
      fix: 'take one of them out of what the one before it is given or needs',
      exit: 2,
    });
  });

  test('with a circle of services in a model is told too', () => {
    const [db, ...rest] = shop.resources.filter(({ kind, name }) => kind === 'service' && name === 'db');
    const round = shop.resources.map(one => (one === db ? { ...one, needs: ['service/web' as const] } : one));
    expect(rest).toEqual([]);
    expect(() => graphOf({ ...shop, resources: round }, target({ measured: ['service/web'] }))).toThrow(
      'service/web leads back to itself: service/web → service/db → service/web',
    );
  });

  test.each<[string, Partial<PromiseTarget>, string]>([
    ['measured', { measured: ['service/wep'] }, 'service/wep'],
    ['given', { given: ['upstream/strip'] }, 'upstream/strip'],
    ['survived', { survives: ['upstream/male'] }, 'upstream/male'],
  ])('with what is %s and not declared is told with what may be meant', (_, given, name) => {
    const { what, fix } = problem(given) ?? {};
    expect(what).toBe(`a promise rests on ${name}, which the system does not declare`);
    expect(fix).toMatch(/^(service\/web|upstream\/stripe|upstream\/mail) is declared: name that/);
  });
});
