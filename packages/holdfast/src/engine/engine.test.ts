import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Resource } from '../model/resource.ts';
import type { SystemModel } from '../model/system-model.ts';
import type { InstanceDesire } from '../ports/desires.ts';
import type { Seen } from '../ports/provider.ts';
import { apply } from './apply/apply.ts';
import { Names } from './observe/names.ts';
import type { World } from './observe/world.ts';
import { isNoop, type Plan } from './plan/plan.ts';
import type { PlanInput } from './plan/plan-input.ts';
import { plan } from './plan/planner.ts';
import { MemoryEngine } from './testing/memory-engine.ts';
import { noDestructions } from './testing/no-destructions.ts';

const facts = {
  name: 'local',
  domain: 'shop.localhost',
  subnets: '10.20.0.0/16',
  ports: 8080,
  hostAddress: '127.0.0.1',
  protected: false,
  grace: 0,
};

const limits = { processes: 100 };
const run = {
  image: 'image/app',
  networks: ['network/lan'],
  env: {},
  files: {},
  mounts: {},
  limits,
  readOnly: true,
  capabilities: [],
} as const;

function resource(kind: string, name: string, spec: object, needs: string[] = [], movedFrom?: string[]): Resource {
  return { kind, name, engine: 'default', spec, needs: needs as Resource['needs'], ...(movedFrom && { movedFrom }) };
}

interface Shape {
  readonly services: readonly {
    readonly name: string;
    readonly replicas: number;
    readonly version: number;
    readonly volume: boolean;
    readonly routed: boolean;
  }[];
  readonly inputs: string;
}

function modelOf({ services, inputs }: Shape): SystemModel {
  const routed = services.filter(service => service.routed);
  const resources = [
    resource('network', 'lan', { internal: false }),
    resource('image', 'app', { source: { from: 'archive', path: 'x' }, inputs }),
    ...services.flatMap(({ name, replicas, version, volume }) => [
      ...(volume ? [resource('volume', `${name}-data`, { writers: 'one' })] : []),
      resource('migration', `${name}-schema`, { ...run, command: ['migrate', String(version)], timeout: 1000 }, [
        'network/lan',
        'image/app',
      ]),
      resource(
        'service',
        name,
        {
          ...run,
          replicas: volume ? 1 : replicas,
          env: { VERSION: String(version) },
          ports: { http: 80 },
          publish: [],
          aliases: [],
          restart: 'always',
          stopGrace: 0,
          before: [`migration/${name}-schema`],
          mounts: volume ? { '/data': `volume/${name}-data` } : {},
        },
        ['network/lan', 'image/app', `migration/${name}-schema`, ...(volume ? [`volume/${name}-data`] : [])],
      ),
    ]),
    resource(
      'service',
      'door',
      {
        ...run,
        replicas: 1,
        ports: { http: 80 },
        publish: ['http'],
        aliases: [],
        restart: 'always',
        stopGrace: 0,
        before: [],
      },
      ['network/lan', 'image/app'],
    ),
    resource(
      'routes',
      'door',
      {
        edge: 'service/door',
        drain: 10,
        routes: routed.map(({ name }) => ({ host: `${name}.test`, path: '/', to: `service/${name}`, port: 80 })),
      },
      ['service/door', ...routed.map(({ name }) => `service/${name}`)],
    ),
  ];
  return { format: 1, name: 'shop', environment: 'local', resources };
}

const shape: fc.Arbitrary<Shape> = fc.record({
  inputs: fc.constantFrom('aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb'),
  services: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('web', 'api', 'mail', 'db'),
      replicas: fc.integer({ min: 1, max: 3 }),
      version: fc.integer({ min: 1, max: 3 }),
      volume: fc.boolean(),
      routed: fc.boolean(),
    }),
    { selector: ({ name }) => name, maxLength: 3 },
  ),
});

let seeds = 0;

function planFor(model: SystemModel, world: World, engine: MemoryEngine, more: Partial<PlanInput> = {}): Plan {
  return plan({
    model,
    world,
    facts,
    provider: engine.providers,
    seal: value => ({ value }),
    seed: `seed ${++seeds}`,
    reachableImages: new Set(),
    destroy: new Set(),
    destructions: noDestructions,
    ...more,
  });
}

/** One `up`. `crashAt`: dies, as by kill -9, when so many effects were begun or ended. */
async function up(model: SystemModel, engine: MemoryEngine, crashAt = Number.POSITIVE_INFINITY): Promise<Plan> {
  const world = await engine.observe(['service/door']);
  const made = planFor(model, world, engine);
  let effects = 0;
  engine.onEffect = what => {
    effects += 1;
    if (effects >= crashAt) throw new Error(`killed ${what}`);
  };
  await apply(made, world, {
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
  return made;
}

async function isSettled(model: SystemModel, engine: MemoryEngine): Promise<Plan> {
  return planFor(model, await engine.observe(['service/door']), engine);
}

describe('the engine, over random systems', () => {
  test('after an up, nothing is left to do', async () => {
    await fc.assert(
      fc.asyncProperty(shape, shape, async (first, second) => {
        const engine = new MemoryEngine();
        for (const model of [modelOf(first), modelOf(second)]) {
          await up(model, engine);
          const again = await isSettled(model, engine);
          expect(again.steps).toEqual([]);
          expect(isNoop(again)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('killed at any moment of any change and run again, it comes to exactly what is declared', async () => {
    await fc.assert(
      fc.asyncProperty(
        shape,
        shape,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        async (first, second, early, late) => {
          const engine = new MemoryEngine();
          await up(modelOf(first), engine, early);
          await up(modelOf(first), engine);
          await up(modelOf(second), engine, late);
          await up(modelOf(second), engine);
          expect((await isSettled(modelOf(second), engine)).steps).toEqual([]);
          expect(runningSlots(engine)).toEqual(declaredSlots(second));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('every step comes after steps that are in the plan', async () => {
    await fc.assert(
      fc.asyncProperty(shape, shape, async (first, second) => {
        const engine = new MemoryEngine();
        await up(modelOf(first), engine);
        const { steps } = await isSettled(modelOf(second), engine);
        const ids = new Set(steps.map(({ id }) => id));
        expect(ids.size).toBe(steps.length);
        for (const step of steps) for (const before of step.after) expect(ids).toContain(before);
      }),
      { numRuns: 150 },
    );
  });

  test('the same input gives the same plan', async () => {
    await fc.assert(
      fc.asyncProperty(shape, async one => {
        const engine = new MemoryEngine();
        const world = await engine.observe([]);
        const [a, b] = [0, 1].map(() => planFor(modelOf(one), world, engine, { seed: 'one seed' }));
        expect(a).toEqual(b);
      }),
      { numRuns: 50 },
    );
  });
});

const runningSlots = (engine: MemoryEngine): string[] =>
  [...engine.objects.values()]
    .filter(({ kind, state }) => kind === 'instance' && (state as { spec: InstanceDesire }).spec.runs === 'always')
    .map(({ birth }) => birth?.bornAs ?? '')
    .sort();

const declaredSlots = ({ services }: Shape): string[] =>
  [
    ...services.flatMap(({ name, replicas, volume }) =>
      Array.from({ length: volume ? 1 : replicas }, (_, index) => `instance/${name}.${index + 1}`),
    ),
    'instance/door.1',
  ].sort();

const two: Shape = {
  inputs: 'aaaaaaaaaaaaaaaa',
  services: [{ name: 'web', replicas: 2, version: 1, volume: false, routed: true }],
};
const next: Shape = { ...two, services: two.services.map(service => ({ ...service, version: 2 })) };

const orderOf = (made: Plan): string[] =>
  made.steps.map(({ op, address }) => `${op} ${address.slice('instance/'.length)}`);

describe('a plan', () => {
  test('replaces one instance after the other, the new one first, and moves traffic between', async () => {
    const engine = new MemoryEngine();
    await up(modelOf(two), engine);
    const made = await isSettled(modelOf(next), engine);
    expect(orderOf(made)).toEqual([
      'ensure web-schema.migration',
      'finish web-schema.migration',
      'ensure web.1',
      'gate web.1',
      'shift web.1',
      'remove web.1',
      'ensure web.2',
      'gate web.2',
      'shift web.2',
      'remove web.2',
      'route door.1',
    ]);
    expect(made.changes.filter(({ action }) => action === 'replace').map(({ order }) => order)).toEqual([
      'start-first',
      'start-first',
    ]);
  });

  test('stops first where a volume can have one writer, and says so', async () => {
    const withData = (version: number): Shape => ({
      ...two,
      services: [{ name: 'db', replicas: 1, version, volume: true, routed: false }],
    });
    const engine = new MemoryEngine();
    await up(modelOf(withData(1)), engine);
    const made = await isSettled(modelOf(withData(2)), engine);
    expect(orderOf(made).filter(step => step.includes('db.1'))).toEqual(['remove db.1', 'ensure db.1', 'gate db.1']);
    expect(made.changes.find(({ address }) => address === 'instance/db.1')?.notes).toEqual([
      'its volume or host port can have one holder: a short pause',
    ]);
  });

  test('keeps data that is no longer declared, and destroys it only by name', async () => {
    const engine = new MemoryEngine();
    await up(
      modelOf({ ...two, services: [{ name: 'db', replicas: 1, version: 1, volume: true, routed: false }] }),
      engine,
    );
    const world = await engine.observe([]);
    const kept = planFor(modelOf(two), world, engine);
    expect(kept.retained.map(({ birth }) => birth?.bornAs)).toEqual(['volume/db-data']);
    const destroyed = planFor(modelOf(two), world, engine, { destroy: new Set(['db-data']) });
    expect(destroyed.changes.filter(({ action }) => action === 'destroy').map(({ address }) => address)).toEqual([
      'volume/db-data',
    ]);
    expect(() =>
      planFor(modelOf(two), world, engine, { destroy: 'all', facts: { ...facts, protected: true } }),
    ).toThrow(/protected/);
  });

  test('renames what was moved, without another object', async () => {
    const engine = new MemoryEngine();
    await up(modelOf(two), engine);
    const moved = modelOf(two).resources.map(one => renamed(one));
    const made = await isSettled({ ...modelOf(two), resources: moved }, engine);
    expect(made.renames.map(({ from, to }) => `${from} → ${to}`)).toContain('instance/web.1 → instance/site.1');
    expect(made.steps.filter(({ op }) => op === 'remove')).toEqual([]);
  });

  test('goes back over a rename to the objects that had the name before', async () => {
    const engine = new MemoryEngine();
    const data = modelOf({ ...two, services: [{ name: 'db', replicas: 1, version: 1, volume: true, routed: true }] });
    await up(data, engine);
    const moved = movedTo('service', 'door', 'gate', movedTo('volume', 'db-data', 'store', data));
    const { renames } = await up(moved, engine);
    const world = await engine.observe(['service/gate'], new Names().and(renames));
    expect(planFor(moved, world, engine).steps).toEqual([]);

    const back = planFor(data, world, engine);
    expect(back.renames.map(({ from, to }) => `${from} → ${to}`)).toEqual([
      'volume/store → volume/db-data',
      'instance/gate.1 → instance/door.1',
    ]);
    expect(back.steps.every(({ op }) => op === 'ensure' || op === 'gate')).toBe(true);
    expect(back.changes.map(({ action }) => action)).not.toContain('create');
  });

  test('gives networks subnets that overlap nothing on the engine', async () => {
    const engine = new MemoryEngine();
    const taken = {
      kind: 'network',
      engine: 'default',
      id: 'n',
      name: 'of somebody else',
      state: { subnets: ['10.20.0.0/23'] },
      about: '',
    };
    const made = planFor(modelOf(two), worldOf(taken), engine);
    const lan = made.steps.find(({ id }) => id === 'ensure network/lan');
    expect(lan).toMatchObject({ desired: { spec: { subnet: '10.20.2.0/24' } } });
  });

  test('tells who holds a host port that it needs', async () => {
    const engine = new MemoryEngine();
    const holder = {
      kind: 'instance',
      engine: 'default',
      id: 'c',
      name: 'somebody',
      state: { running: true, hostname: '', hostPorts: [8080] },
      about: 'container nginx',
    };
    expect(() => planFor(modelOf(two), worldOf(holder), engine)).toThrow(/8080: somebody holds it/);
  });
});

const worldOf = (...seen: readonly Seen[]): World => ({ seen, tables: new Map(), names: new Names() });

/** The same system with one resource under another name, and its word that it had the first. */
function movedTo(kind: string, from: string, to: string, model: SystemModel): SystemModel {
  const text = JSON.stringify(model).replaceAll(`"${kind}/${from}"`, `"${kind}/${to}"`);
  const { resources, ...rest } = JSON.parse(text) as SystemModel;
  const move = (one: Resource): Resource =>
    one.kind === kind && one.name === from ? { ...one, name: to, movedFrom: [from] } : one;
  return { ...rest, resources: resources.map(move) };
}

function renamed(one: Resource): Resource {
  const needs = one.needs.map(need => (need === 'service/web' ? ('service/site' as const) : need));
  if (one.kind === 'service' && one.name === 'web') return { ...one, name: 'site', movedFrom: ['web'], needs };
  if (one.kind === 'routes')
    return {
      ...one,
      needs,
      spec: { ...(one.spec as object), routes: [{ host: 'web.test', path: '/', to: 'service/site', port: 80 }] },
    };
  return { ...one, needs };
}
