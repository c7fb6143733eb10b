import { describe, expect, expectTypeOf, test } from 'vitest';
import { type Problem, Problems } from '../kit/problem.ts';
import { declaredFor, type Target } from './declaration/slot.ts';
import type { Env } from './env.ts';
import { image } from './image.ts';
import { network } from './network.ts';
import { probe } from './probe.ts';
import { Ref } from './ref.ts';
import { secret } from './secret.ts';
import { service } from './service.ts';
import type { ServiceHandle } from './service-handle.ts';
import { system } from './system.ts';
import { byAddress, resourcesOf, type SystemModel } from './system-model.ts';
import { job, migration } from './task.ts';
import { text } from './text.ts';
import { resource } from './thing.ts';
import { volume } from './volume.ts';

const declared = (build: (env: Env) => void, target: Target = { name: 'local' }): SystemModel =>
  declaredFor(target, () => system('shop', build));

const ground = () => ({ image: image('base', { archive: './base.tar' }), network: network('lan') });

function problemsOf(build: (env: Env) => void): readonly Problem[] {
  try {
    declared(build);
  } catch (error) {
    if (error instanceof Problems) return error.problems;
    throw error;
  }
  return [];
}

const serviceIn = (model: SystemModel, name: string) =>
  resourcesOf(model, 'service').find(one => one.name === name) ?? expect.fail(`there is a service ${name}`);

describe('a service', () => {
  test('has sound defaults', () => {
    const model = declared(() => void service('web', ground()));
    expect(serviceIn(model, 'web').spec).toEqual({
      image: 'image/base',
      networks: ['network/lan'],
      env: {},
      files: {},
      mounts: {},
      limits: { processes: 1_024 },
      readOnly: false,
      capabilities: [],
      replicas: 1,
      ports: {},
      publish: [],
      aliases: [],
      restart: 'always',
      stopGrace: 10_000,
      before: [],
    });
  });

  test('needs whatever its options hold a handle of', () => {
    const model = declared(() => {
      const on = ground();
      const db = service('db', on);
      const password = secret('password', { generate: 32 });
      const web = service('web', {
        ...on,
        mounts: { '/cache': volume('cache') },
        env: { URL: text`postgres://shop:${password}@${db.host}/shop` },
        before: migration('schema', { command: ['migrate'] }),
      });
      job('dump', { ...on, needs: [web] });
    });
    expect(serviceIn(model, 'web').needs).toEqual([
      'image/base',
      'network/lan',
      'volume/cache',
      'secret/password',
      'service/db',
      'migration/schema',
    ]);
    expect(byAddress(model).get('job/dump')?.needs).toEqual(['image/base', 'network/lan', 'service/web']);
  });

  test('takes the port of its probe by name, and times in milliseconds', () => {
    const model = declared(() => {
      service('web', { ...ground(), ports: { http: 8080 }, health: probe.http('http', '/healthz', { within: '2m' }) });
    });
    expect(serviceIn(model, 'web').spec.health).toEqual({
      type: 'http',
      port: 8080,
      path: '/healthz',
      status: [200, 204],
      timing: { interval: 1_000, timeout: 2_000, within: 120_000 },
    });
  });

  test('has sizes in bytes, processors in thousandths, capabilities by their short names', () => {
    const model = declared(() => {
      const limits = { memory: '1.5GiB', cpus: 0.25, processes: 64 } as const;
      service('web', { ...ground(), limits, capabilities: ['CAP_SYS_TIME', 'CHOWN', 'CHOWN'] });
    });
    expect(serviceIn(model, 'web').spec).toMatchObject({
      limits: { memory: 1_610_612_736, cpu: 250, processes: 64 },
      capabilities: ['CHOWN', 'SYS_TIME'],
    });
  });

  test.each([
    [undefined, '0444', '0:0'],
    ['app', '0444', '0:0'],
    ['1000', '0400', '1000:1000'],
    ['1000:50', '0400', '1000:50'],
  ])('run by %s reads its secret file, with mode %s and owner %s', (user, mode, owner) => {
    const model = declared(() => {
      service('web', { ...ground(), ...(user && { user }), files: { '/run/key': secret('key') } });
    });
    expect(serviceIn(model, 'web').spec.files).toEqual({ '/run/key': { content: { $secret: 'key' }, mode, owner } });
  });

  test('gives its ports by name, and the compiler knows them', () => {
    declared(() => {
      const web = service('web', { ...ground(), ports: { http: 8080, admin: 9090 } });
      expect(web.port('admin')).toMatchObject({ name: 'admin', number: 9_090, service: web });
      expectTypeOf(web).toEqualTypeOf<ServiceHandle<'http' | 'admin'>>();
      expectTypeOf(web.port).toBeCallableWith('http');
      expectTypeOf(web.host).toEqualTypeOf<Ref<string>>();
    });
  });
});

describe('a migration', () => {
  test('runs with what the service has that it runs before, and with what it says itself', () => {
    const model = declared(() => {
      const schema = migration('schema', { command: ['migrate'], env: { LOG: 'all' }, timeout: '5m' });
      service('web', { ...ground(), user: '1000', env: { LOG: 'some', REGION: 'eu' }, before: [schema] });
    });
    expect(byAddress(model).get('migration/schema')).toMatchObject({
      spec: {
        image: 'image/base',
        networks: ['network/lan'],
        user: '1000',
        env: { LOG: 'all', REGION: 'eu' },
        command: ['migrate'],
        timeout: 300_000,
      },
      needs: ['image/base', 'network/lan'],
    });
    expect(serviceIn(model, 'web').spec.before).toEqual(['migration/schema']);
  });
});

describe('a text', () => {
  test('keeps what is known later and what is secret apart from what is known', () => {
    const model = declared(() => {
      const on = ground();
      const db = service('db', on);
      const inner = text`${db.host}:${5432}`;
      service('web', { ...on, env: { PLAIN: text`a${1}${'b'}`, URL: text`pg://${inner}/${secret('name')}` } });
    });
    expect(serviceIn(model, 'web').spec.env).toEqual({
      PLAIN: 'a1b',
      URL: { $text: ['pg://', { $ref: { of: 'service/db', what: 'host' } }, ':5432/', { $secret: 'name' }] },
    });
  });

  test.each([
    ['a template', (ref: Ref) => `${ref}`],
    ['joining', (ref: Ref) => ['x', ref].join('')],
    ['String()', (ref: Ref) => String(ref)],
    ['JSON', (ref: Ref) => JSON.stringify({ ref })],
    ['a number', (ref: Ref) => Number(ref)],
  ])('that is printed too early, by %s, says so', (_, print) => {
    expect(() => print(new Ref({ $ref: { of: 'service/db', what: 'host' } }))).toThrow(
      'the host of service "db" was printed too early',
    );
  });
});

describe('a resource of a third party', () => {
  test('keeps its inputs as plain data, and needs what they hold', () => {
    const model = declared(() => {
      const record = resource('dns-record', 'www', { ttl: 60, tags: ['a', null], skipped: undefined as never });
      const key = secret('key');
      resource('alarm', 'www', { record, url: text`http://${record.ref('name')}/`, deep: [{ key }] });
    });
    expect(byAddress(model).get('dns-record/www')?.spec).toEqual({ ttl: 60, tags: ['a', null] });
    expect(byAddress(model).get('alarm/www')).toMatchObject({
      spec: {
        record: 'dns-record/www',
        url: { $text: ['http://', { $ref: { of: 'dns-record/www', what: 'name' } }, '/'] },
        deep: [{ key: { $secret: 'key' } }],
      },
      needs: ['dns-record/www', 'secret/key'],
    });
  });
});

describe('the environment', () => {
  test('gives its name and domain, and picks by its name', () => {
    const picks = { production: 3, default: 1 };
    const seen: unknown[] = [];
    const look = (env: Env) => void seen.push(env.name, env.domain, env.pick(picks));
    declared(look);
    declared(look, { name: 'production', domain: 'shop.example' });
    expect(seen).toEqual(['local', 'shop.localhost', 1, 'production', 'shop.example', 3]);
  });

  test('keeps the types of what it picks', () => {
    declared(env => {
      expectTypeOf(env.pick({ production: '2GB', default: '512MB' })).toEqualTypeOf<'2GB' | '512MB'>();
      service('web', { ...ground(), limits: { memory: env.pick({ production: '2GB', default: '512MB' }) } });
    });
  });

  test('takes part in whether a name is too long: the longest that a release is promoted to counts', () => {
    const name = 'w'.repeat(34);
    const build = () => void service(name, ground());
    expect(() => declared(build, { name: 'local' })).not.toThrow();
    expect(() => declared(build, { name: 'local', environments: ['local', 'production'] })).toThrow(Problems);
  });
});

describe('what is wrong', () => {
  test('is told all at once, in the order of the file, however often it is said', () => {
    const problems = problemsOf(() => {
      for (let round = 0; round < 3; round += 1) network('Lan');
      service('web', { ...ground(), replicas: 0, ports: { http: 0 } });
    });
    expect(problems.map(({ message }) => message.split(' is ')[0])).toEqual(
      ['network "Lan" has a name that', 'service "web" → replicas', 'service "web" → ports.http'].map(text =>
        expect.stringContaining(text),
      ),
    );
  });

  test('does not hide what stands before an error of the user’s own', () => {
    const problems = problemsOf(() => {
      network('Lan');
      throw new Error('no idea');
    });
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining('"Lan"'), 'no idea']);
  });

  test('of one declaration is not told of those that use it', () => {
    const problems = problemsOf(() => {
      const web = service('web', { ...ground(), ports: { http: -1 } });
      job('warm', { ...ground(), env: { PORT: web.port('http').number }, needs: [web] });
    });
    expect(problems.filter(({ message }) => message.includes('warm'))).toEqual([]);
  });

  test('leaves no declaration open behind it', () => {
    problemsOf(() => void network('Lan'));
    expect(() => network('lan')).toThrow('network() was called after system "shop" had been declared');
    expect(declared(() => void network('lan')).resources).toHaveLength(1);
  });
});

test('ten times the declarations take ten times the time, not a hundred times', () => {
  const timeOf = (count: number): number => {
    const begun = performance.now();
    const model = declared(() => {
      for (let n = 0; n < count; n += 1) resource('trivial', `r${n}`, { n });
    });
    expect(model.resources).toHaveLength(count);
    return performance.now() - begun;
  };
  /** Of several, the one that nothing else got in the way of. */
  const best = (count: number): number => Math.min(...Array.from({ length: 5 }, () => timeOf(count)));
  best(1_000);
  // Some 20 here, where it no longer fits into a cache of the processor.
  expect(best(10_000) / best(1_000)).toBeLessThan(40);
});
