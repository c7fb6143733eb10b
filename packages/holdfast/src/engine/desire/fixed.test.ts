import { describe, expect, test } from 'vitest';
import type { Resource } from '../../model/resource.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { InstanceDesire, NetworkDesire } from '../../ports/desires.ts';
import type { Seen } from '../../ports/provider.ts';
import { Names } from '../observe/names.ts';
import type { Plan } from '../plan/plan.ts';
import { plan } from '../plan/planner.ts';
import { MemoryEngine } from '../testing/memory-engine.ts';
import { noDestructions } from '../testing/no-destructions.ts';

const facts = {
  name: 'local',
  domain: 'shop.localhost',
  subnets: '10.20.0.0/16',
  ports: 8080,
  hostAddress: '127.0.0.1',
  protected: false,
  grace: 0,
};

const address = (n: number) => ({ $ref: { of: 'network/inner', what: 'address', rest: String(n) } });

const service = (name: string, more: object): Resource => ({
  kind: 'service',
  name,
  engine: 'default',
  needs: ['network/inner', 'network/lan', 'image/app'],
  spec: {
    image: 'image/app',
    networks: ['network/lan', 'network/inner'],
    env: {},
    files: {},
    mounts: {},
    limits: { processes: 100 },
    readOnly: true,
    capabilities: [],
    replicas: 1,
    ports: {},
    publish: [],
    aliases: [],
    restart: 'always',
    stopGrace: 0,
    before: [],
    ...more,
  },
});

const network = (name: string, spec: object): Resource => ({
  kind: 'network',
  name,
  engine: 'default',
  spec,
  needs: [],
});

const model = (...more: readonly Resource[]): SystemModel => ({
  format: 1,
  name: 'shop',
  environment: 'local',
  resources: [
    network('inner', { internal: true, fixed: true }),
    network('lan', { internal: false }),
    {
      kind: 'image',
      name: 'app',
      engine: 'default',
      spec: { source: { from: 'archive', path: 'x' }, inputs: 'a'.repeat(16) },
      needs: [],
    },
    ...more,
  ],
});

const planOf = (wanted: SystemModel, seen: readonly Seen[] = []): Plan =>
  plan({
    model: wanted,
    world: { seen, tables: new Map(), names: new Names() },
    facts,
    provider: new MemoryEngine().providers,
    seal: value => ({ value }),
    seed: 'seed',
    reachableImages: new Set(),
    destroy: new Set(),
    destructions: noDestructions,
  });

function specOf<S>(made: Plan, of: string): S {
  const step = made.steps.find(one => one.op === 'ensure' && one.address === of);
  return (step?.op === 'ensure' ? step.desired.spec : expect.fail(`${of} is made`)) as S;
}

const made = (uid: string, subnet: string): Seen => ({
  kind: 'network',
  engine: 'default',
  id: uid,
  name: `shop-local-inner-${uid}`,
  birth: { uid, bornAs: 'network/inner' },
  state: { spec: { subnet, internal: true, range: `${subnet.slice(0, -3)}/25` }, subnets: [subnet] },
  about: 'network inner',
});

describe('a fixed network', () => {
  test('hands out the lower half of the subnet that the pool gave it; another one all of it', () => {
    expect(specOf<NetworkDesire>(planOf(model()), 'network/inner')).toEqual({
      subnet: '10.20.0.0/24',
      internal: true,
      range: '10.20.0.0/25',
    });
    expect(specOf<NetworkDesire>(planOf(model()), 'network/lan')).not.toHaveProperty('range');
  });

  test('gives its addresses of the subnet that it has', () => {
    const db = service('db', { address: address(11), hosts: { etcd: address(1), archive: '192.0.2.7' } });
    const { networks, hosts } = specOf<InstanceDesire>(planOf(model(db), [made('n', '10.20.9.0/24')]), 'instance/db.1');
    expect(networks.map(one => one.address)).toEqual([undefined, '10.20.9.139']);
    expect(hosts).toEqual({ etcd: { value: '10.20.9.129' }, archive: { value: '192.0.2.7' } });
  });

  test('is told in texts as well', () => {
    const db = service('db', { env: { ETCD: { $text: ['https://', address(2), ':2379'] } } });
    const { env } = specOf<InstanceDesire>(planOf(model(db)), 'instance/db.1');
    expect(env.ETCD?.value).toEqual({ $text: ['https://', '10.20.0.130', ':2379'] });
  });
});

test('an address has one holder: its next one starts when the last has stopped', () => {
  const engine = service('db', { address: address(11) });
  const old: Seen = {
    kind: 'instance',
    engine: 'default',
    id: 'old',
    name: 'shop-local-db-1-old',
    birth: { uid: 'old', bornAs: 'instance/db.1' },
    state: { spec: {}, running: true, hostname: 'db-1-old', hostPorts: [] },
    about: 'instance',
  };
  const change = planOf(model(engine), [old]).changes.find(one => one.address === 'instance/db.1');
  expect(change).toMatchObject({ action: 'replace', order: 'stop-first' });
});

test('who knows no names and has no address is specified as ever', () => {
  const spec = specOf<InstanceDesire>(planOf(model(service('web', {}))), 'instance/web.1');
  expect(spec).not.toHaveProperty('hosts');
  expect(spec).not.toHaveProperty('cluster');
  for (const one of spec.networks) expect(one).not.toHaveProperty('address');
});
