import { describe, expect, test } from 'vitest';
import type { Resource } from '../../model/resource.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { Seen } from '../../ports/provider.ts';
import { Names } from '../observe/names.ts';
import { MemoryEngine } from '../testing/memory-engine.ts';
import type { Plan } from './plan.ts';
import { plan } from './planner.ts';

const facts = {
  name: 'local',
  domain: 'shop.localhost',
  subnets: '10.20.0.0/16',
  ports: 8080,
  hostAddress: '127.0.0.1',
  protected: false,
};

const system = (...resources: readonly Resource[]): SystemModel => ({
  format: 1,
  name: 'shop',
  environment: 'local',
  resources,
});

function planOf(model: SystemModel, seen: readonly Seen[], destroy: ReadonlySet<string> = new Set()): Plan {
  return plan({
    model,
    world: { seen, tables: new Map(), names: new Names() },
    facts,
    provider: new MemoryEngine().providers,
    seal: value => ({ value }),
    seed: 'seed',
    reachableImages: new Set(),
    destroy,
  });
}

const volume = (name: string, uid: string): Seen => ({
  kind: 'volume',
  engine: 'default',
  id: `id-${uid}`,
  name: `shop-local-${name}-${uid}`,
  birth: { uid, bornAs: `volume/${name}` },
  state: { spec: {} },
  about: `volume ${name}`,
  holdsData: true,
});

const declared = (name: string, movedFrom: readonly string[] = []): Resource => ({
  kind: 'volume',
  name,
  engine: 'default',
  spec: { writers: 'one' },
  needs: [],
  movedFrom,
});

test('two volumes that claim one name are both left alone, and both are named', () => {
  const there = [volume('pg', 'live'), volume('db', 'stale')];
  expect(() => planOf(system(declared('db', ['pg'])), there)).toThrow(/both claim to be volume\/db/);
});

test('one volume under its former name is the volume', () => {
  const made = planOf(system(declared('db', ['pg'])), [volume('pg', 'live')]);
  expect(made.renames).toEqual([{ uid: 'live', from: 'volume/pg', to: 'volume/db' }]);
  expect(made.steps).toEqual([]);
});

describe('a database that is declared as a cluster where one server was', () => {
  const data = { here: ['volume/db-1', 'volume/db-2'], otherwise: ['volume/db'] };
  const one: Resource = { kind: 'cluster', name: 'db', engine: 'default', spec: { data }, needs: [] };
  const grown = system(declared('db-1'), declared('db-2'), one);

  test('is refused where it would begin empty beside what is in it', () => {
    expect(() => planOf(grown, [volume('db', 'live')])).toThrow(/"db" would begin empty in db-1, db-2/);
  });

  test('begins where nothing is there, or what is there is to be destroyed', () => {
    expect(planOf(grown, []).changes).toHaveLength(2);
    const made = planOf(grown, [volume('db', 'live')], new Set(['db']));
    expect(made.changes.map(({ action, of }) => `${action} ${of}`)).toContain('destroy volume/db');
  });

  test('goes on where it has begun, with what was there before still beside it', () => {
    const there = [volume('db', 'old'), volume('db-1', 'live')];
    expect(planOf(grown, there).changes.map(({ of }) => of)).toEqual(['volume/db-2']);
  });
});

test('a network can not be replaced by one that overlaps it', () => {
  const lan = (internal: boolean): Resource => ({
    kind: 'network',
    name: 'lan',
    engine: 'default',
    spec: { subnet: '10.20.9.0/24', internal },
    needs: [],
  });
  const there: Seen = {
    kind: 'network',
    engine: 'default',
    id: 'n',
    name: 'shop-local-lan-n',
    birth: { uid: 'n', bornAs: 'network/lan' },
    state: { spec: { subnet: '10.20.9.0/24', internal: false }, subnets: ['10.20.9.0/24'] },
    about: 'network lan',
  };
  expect(() => planOf(system(lan(true)), [there])).toThrow(/overlaps the one that it has/);
  expect(planOf(system(lan(false)), [there]).steps).toEqual([]);
});
