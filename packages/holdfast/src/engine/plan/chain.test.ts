import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Resource } from '../../model/resource.ts';
import type { SystemModel } from '../../model/system-model.ts';
import { apply } from '../apply/apply.ts';
import { MemoryEngine } from '../testing/memory-engine.ts';
import { noDestructions } from '../testing/no-destructions.ts';
import type { Plan } from './plan.ts';
import { plan } from './planner.ts';

const facts = {
  name: 'local',
  domain: 'shop.localhost',
  subnets: '10.20.0.0/16',
  ports: 8080,
  hostAddress: '127.0.0.1',
  protected: false,
  grace: 0,
};

const of = (kind: string, name: string, spec: object, ...needs: string[]): Resource => ({
  kind,
  name,
  engine: 'default',
  spec,
  needs: needs as Resource['needs'],
});

/** Each member needs the one before it, and has data and an address of its own. */
const member = (n: number, version: number): readonly Resource[] => [
  of('volume', `db-${n}`, { writers: 'one' }),
  of(
    'service',
    `db-${n}`,
    {
      image: 'image/db',
      networks: ['network/inner'],
      env: { VERSION: String(version) },
      files: {},
      mounts: { '/data': `volume/db-${n}` },
      limits: { processes: 100 },
      readOnly: true,
      capabilities: [],
      replicas: 1,
      address: { $ref: { of: 'network/inner', what: 'address', rest: String(10 + n) } },
      ports: {},
      publish: [],
      aliases: [],
      restart: 'no',
      stopGrace: 0,
      before: [],
    },
    'network/inner',
    'image/db',
    `volume/db-${n}`,
    ...(n > 1 ? [`service/db-${n - 1}`] : []),
  ),
];

const members = 3;

const model = (version: number): SystemModel => ({
  format: 1,
  name: 'shop',
  environment: 'local',
  resources: [
    of('network', 'inner', { internal: true, fixed: true }),
    of('image', 'db', { source: { from: 'archive', path: 'x' }, inputs: 'a'.repeat(16) }),
    ...Array.from({ length: members }, (_, index) => member(index + 1, version)).flat(),
  ],
});

let seeds = 0;

async function planned(wanted: SystemModel, engine: MemoryEngine): Promise<Plan> {
  return plan({
    model: wanted,
    world: await engine.observe([]),
    facts,
    provider: engine.providers,
    seal: value => ({ value }),
    seed: `seed ${++seeds}`,
    reachableImages: new Set(),
    destroy: new Set(),
    destructions: noDestructions,
  });
}

const runningIn = (engine: MemoryEngine): number =>
  [...engine.objects.values()].filter(
    ({ kind, state }) => kind === 'instance' && (state as { running: boolean }).running,
  ).length;

/** One `up`, which dies at that effect. Gives the least that ran at any moment. */
async function up(wanted: SystemModel, engine: MemoryEngine, crashAt = Number.POSITIVE_INFINITY): Promise<number> {
  let effects = 0;
  let least = Number.POSITIVE_INFINITY;
  engine.onEffect = what => {
    least = Math.min(least, runningIn(engine));
    effects += 1;
    if (effects >= crashAt) throw new Error(`killed ${what}`);
  };
  await apply(await planned(wanted, engine), await engine.observe([]), {
    providers: engine.providers,
    router: engine.router,
    instances: engine.instances,
    prober: async () => ({ ok: true, answer: 'ok', milliseconds: 0 }),
    clock: Date.now,
    signal: new AbortController().signal,
    record: async () => undefined,
    release: 'r',
    fence: async () => true,
    settling: 0,
  });
  engine.onEffect = () => undefined;
  return least;
}

test('members that need each other are replaced one after the other, each well before the next one goes', async () => {
  const engine = new MemoryEngine();
  await up(model(1), engine);
  const { steps } = await planned(model(2), engine);
  expect(steps.map(({ op, address }) => `${op} ${address}`)).toEqual(
    [1, 2, 3].flatMap(n => ['remove', 'ensure', 'gate'].map(op => `${op} instance/db-${n}.1`)),
  );
  const byId = new Map(steps.map(step => [step.id, step]));
  for (const n of [2, 3]) {
    const removed = steps.find(({ op, address }) => op === 'remove' && address === `instance/db-${n}.1`);
    const before = removed?.after.map(id => byId.get(id)).map(step => `${step?.op} ${step?.address}`);
    expect(before).toContain(`gate instance/db-${n - 1}.1`);
  }
});

test('while they are replaced, no more than one is missing', async () => {
  const engine = new MemoryEngine();
  await up(model(1), engine);
  expect(await up(model(2), engine)).toBe(members - 1);
  expect(runningIn(engine)).toBe(members);
});

test('killed at any moment and run again, no more than one is missing, and all come to be as declared', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 14 }), { maxLength: 3 }), async crashes => {
      const engine = new MemoryEngine();
      await up(model(1), engine);
      for (const crashAt of crashes) expect(await up(model(2), engine, crashAt)).toBeGreaterThanOrEqual(members - 1);
      expect(await up(model(2), engine)).toBeGreaterThanOrEqual(members - 1);
      expect((await planned(model(2), engine)).steps).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('they are taken away in the opposite order', async () => {
  const engine = new MemoryEngine();
  await up(model(1), engine);
  const last = model(1);
  const { steps } = plan({
    model: { ...last, resources: [] },
    last,
    world: await engine.observe([]),
    facts,
    provider: engine.providers,
    seal: value => ({ value }),
    seed: 'down',
    reachableImages: new Set(),
    destroy: new Set(),
    destructions: noDestructions,
  });
  const removed = steps.filter(({ address }) => address.startsWith('instance/'));
  expect(removed.map(({ address }) => address)).toEqual([3, 2, 1].map(n => `instance/db-${n}.1`));
  expect(removed[1]?.after).toContain(removed[0]?.id);
});
