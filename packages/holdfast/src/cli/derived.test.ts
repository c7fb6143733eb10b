import { afterAll, beforeAll, expect, test } from 'vitest';
import { sentenceOf } from '../model/assertion/judge.ts';
import type { AssertionSpec } from '../model/spec/check-spec.ts';
import type { RunSpec, ServiceSpec } from '../model/spec/service-spec.ts';
import type { SystemModel } from '../model/system-model.ts';
import type { Seen } from '../ports/provider.ts';
import { openInstanceGround } from '../providers/docker/testing/instance-ground.ts';
import { reveal } from '../providers/docker/testing/workbench.ts';
import { derive } from '../verify/derive/derive.ts';
import { observe } from '../verify/look/observe.ts';
import { subjectsOf } from '../verify/look/subject.ts';
import { type Lookers, lookersOf } from './ground/lookers.ts';
import { failuresOf } from './testing/looks.ts';

const signal = AbortSignal.timeout(120_000);

let ground: Awaited<ReturnType<typeof openInstanceGround>>;
let lookers: Lookers;

beforeAll(async () => {
  ground = await openInstanceGround('derived');
  lookers = lookersOf(ground.bench.host, ground.bench.inside, reveal);
});
afterAll(async () => {
  await lookers?.[Symbol.asyncDispose]();
  await ground?.bench[Symbol.asyncDispose]();
});

const run: RunSpec = {
  image: 'image/tiny',
  networks: ['network/lan'],
  command: ['httpd', '-f', '-p', '8080', '-h', '/srv'],
  user: '1000:1000',
  env: { COLOUR: 'blue', EMPTY: '', JOINED: { $text: ['a', '=b'] }, KEY: { $secret: 'key' } },
  files: {
    '/etc/shop/deep/shop.conf': { content: 'colour=blue\n', mode: '0644', owner: '1000:1000' },
    '/run/secrets/key': { content: { $secret: 'key' }, mode: '0400', owner: '1000:1000' },
  },
  mounts: { '/srv': 'volume/data' },
  limits: { memory: 64 * 2 ** 20, cpu: 250, processes: 20 },
  readOnly: true,
  capabilities: ['NET_BIND_SERVICE'],
};

const timing = { interval: 100, timeout: 1_000, within: 10_000 };

const service: ServiceSpec = {
  ...run,
  replicas: 1,
  ports: { http: 8080 },
  publish: [],
  aliases: [],
  health: { type: 'http', port: 8080, path: '/', status: [404], timing },
  restart: 'no',
  stopGrace: 1_000,
  before: [],
};

const model = (spec: ServiceSpec): SystemModel => ({
  format: 1,
  name: 'shop',
  environment: 'test',
  resources: [
    {
      kind: 'image',
      name: 'tiny',
      engine: 'default',
      spec: { source: { from: 'archive', path: 'tiny.tar' } },
      needs: [],
    },
    { kind: 'service', name: 'web', engine: 'default', spec, needs: [] },
  ],
});

const assertionsOf = (spec: ServiceSpec) =>
  derive(model(spec)).find(one => one.spec.target === 'service/web')?.spec.assertions ?? [];

/** What must be there soon is not waited for. */
const impatient = (one: AssertionSpec): AssertionSpec =>
  one.of.type === 'port' ? { ...one, of: { ...one.of, eventually: 200 } } : one;

const wrongOf = async (target: Seen, said: readonly AssertionSpec[]) =>
  failuresOf(await observe([{ target, subjects: subjectsOf(said), lookers: lookers.all }], signal));

async function started(): Promise<Seen> {
  const { bench, lan } = ground;
  const data = bench.desire('volume', 'data', {});
  await bench.providers().volumes.ensure(data, undefined, signal);
  const { env, files, hosts = {}, reaches: _, ...plain } = run;
  const sealed = <V>(all: Readonly<Record<string, V>>) =>
    Object.fromEntries(Object.entries(all).map(([name, value]) => [name, { value, seal: 's' }]));
  return ground.start(
    ground.web({
      ...plain,
      image: bench.image,
      env: sealed(env),
      hosts: sealed(hosts),
      files: Object.fromEntries(
        Object.entries(files).map(([path, file]) => [path, { ...file, content: { value: file.content, seal: 's' } }]),
      ),
      networks: [{ name: lan.name, aliases: [] }],
      mounts: { '/srv': data.name },
    }),
  );
}

test('what follows from a declaration is so of an instance as Holdfast makes it; what is declared otherwise is told', async () => {
  const target = await started();
  expect(assertionsOf(service).map(sentenceOf)).toHaveLength(24);
  expect(await wrongOf(target, assertionsOf(service))).toEqual([]);

  const otherwise: ServiceSpec = {
    ...service,
    health: { type: 'http', port: 8080, path: '/', status: [200], timing: { ...timing, within: 200 } },
    ports: { admin: 8081 },
    user: '1001',
    env: { COLOUR: 'red' },
    files: { '/etc/shop/deep/shop.conf': { content: 'x', mode: '0600', owner: '0:0' } },
    mounts: { '/data': 'volume/data' },
    limits: { memory: 32 * 2 ** 20, cpu: 100, processes: 10 },
    capabilities: [],
  };
  const all = await wrongOf(target, assertionsOf(otherwise).map(impatient));
  expect(all.map(line => line.replace(/^\w+ | [\da-f]{64}/g, ''))).toEqual([
    expect.stringMatching(/^GET \/ on port 8080 answers 200 within 200ms: 404 Not Found/),
    'variable COLOUR is "red": it is set, to something of 4 characters',
    '/etc/shop/deep/shop.conf has mode 0600: mode 0644',
    '/etc/shop/deep/shop.conf is owned by 0:0: owner app:1000',
    '/etc/shop/deep/shop.conf has SHA-256: SHA-256',
    'what is at /data is mounted: nothing is mounted there',
    expect.stringMatching(/^it mounts nothing but \/data and \/etc\/shop\/deep: .*\/srv \(/),
    expect.stringMatching(/^port 8081 listens within 200ms: nothing listens there/),
    'the container runs as 1001: user 1000:1000',
    'the container has no capability: NET_BIND_SERVICE',
    'the container may take no more memory than 32MiB: 67 MB',
    'the container may take no more than 0.1 processors: 0.25 processors',
    'the container may have no more than 10 threads: 20 threads',
    'it listens on nothing but port 8081: port 8080 on :: (httpd)',
    expect.stringMatching(/^it runs as nobody but 1001: .*httpd as app/),
  ]);
});
