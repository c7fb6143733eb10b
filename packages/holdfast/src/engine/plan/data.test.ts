import { describe, expect, test } from 'vitest';
import type { Resource } from '../../model/resource.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { Seen } from '../../ports/provider.ts';
import { Names } from '../observe/names.ts';
import { MemoryEngine } from '../testing/memory-engine.ts';
import { noDestructions } from '../testing/no-destructions.ts';
import { isNoop, type Plan } from './plan.ts';
import type { PlanInput } from './plan-input.ts';
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

const system = (...resources: readonly Resource[]): SystemModel => ({
  format: 1,
  name: 'shop',
  environment: 'local',
  resources,
});

function planOf(
  model: SystemModel,
  seen: readonly Seen[],
  destroy: ReadonlySet<string> = new Set(),
  more: Partial<PlanInput> = {},
): Plan {
  return plan({
    model,
    world: { seen, tables: new Map(), names: new Names() },
    facts,
    provider: new MemoryEngine().providers,
    seal: value => ({ value }),
    seed: 'seed',
    reachableImages: new Set(),
    destroy,
    destructions: noDestructions,
    ...more,
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

  test('never goes back unasked to a server whose data was named to be destroyed', () => {
    const back = system(declared('db'), { ...one, spec: { data: { here: data.otherwise, otherwise: data.here } } });
    const known = { uid: 'old', address: 'volume/db', kind: 'volume', engine: 'default', due: '2026-12-07' } as const;
    const more = { destructions: { ...noDestructions, scheduled: new Map([['old', known]]) } };
    const there = [volume('db', 'old'), volume('db-1', 'live')];
    expect(() => planOf(back, there, new Set(), more)).toThrow(/"db" would go back to what was in db/);
    // Where the release that runs has it, one that failed has named it in vain.
    expect(planOf(back, there, new Set(), { ...more, last: back }).cancelled).toHaveLength(1);
    const made = planOf(back, there, new Set(['db-1']), { ...more, facts: { ...facts, grace: 1 } });
    expect(made.changes.map(({ action, of }) => `${action} ${of}`)).toEqual([
      'cancel volume/db',
      'schedule volume/db-1',
    ]);
  });

  test('goes on where it has begun, with what was there before still beside it', () => {
    const there = [volume('db', 'old'), volume('db-1', 'live')];
    expect(planOf(grown, there).changes.map(({ of }) => of)).toEqual(['volume/db-2']);
  });
});

describe('data that is named to be destroyed', () => {
  const [now, day] = [Date.parse('2026-11-30T16:05:00Z'), 86_400_000];
  const graceful = { ...facts, grace: 7 * day };
  const there = [volume('notes', 'live')];
  const due = '2026-12-07T16:05:00.000Z';
  const notes = { uid: 'live', address: 'volume/notes', kind: 'volume', engine: 'default', due } as const;
  const at = (time: number, more: Partial<PlanInput> = {}) => ({
    facts: graceful,
    destructions: { ...noDestructions, scheduled: new Map([['live', notes]]), now: time, overdueGoes: true },
    ...more,
  });
  const named = new Set(['notes']);
  const words = ({ changes }: Plan) => changes.map(({ action, address }) => `${action} ${address}`);

  test('stays for its grace period, and says until when', () => {
    const made = planOf(system(), there, named, { facts: graceful, destructions: { ...noDestructions, now } });
    expect(words(made)).toEqual(['schedule volume/notes']);
    expect(made.changes[0]?.notes[0]).toContain('after 2026-12-07 16:05 UTC');
    expect([made.scheduled, made.steps]).toEqual([[{ ...notes, grace: 7 * day }], []]);
    expect(made.retained).toEqual([{ ...there[0], due }]);
  });

  test('named again has no other, and asks for nothing', () => {
    const again = planOf(system(), there, named, at(now + day));
    expect(again).toMatchObject({ changes: [], scheduled: [], steps: [], retained: [{ due }] });
    expect(isNoop(again)).toBe(true);
  });

  test('goes by itself when that is over, and not a moment before', () => {
    expect(words(planOf(system(), there, new Set(), at(now + 7 * day - 1)))).toEqual([]);
    const over = planOf(system(), there, new Set(), at(now + 7 * day));
    expect(over.changes).toMatchObject([{ action: 'destroy', address: 'volume/notes', isOverdue: true }]);
    expect(over.steps).toMatchObject([{ op: 'remove', isOverdue: true, seen: { id: 'id-live' } }]);
    const { destructions } = at(now + 8 * day);
    const onTheWay = { destructions: { ...destructions, overdueGoes: false } };
    expect(isNoop(planOf(system(), there, new Set(), { facts: graceful, ...onTheWay }))).toBe(true);
  });

  test.each([now, now + 8 * day])('declared again it stays, also after its time (%d)', time => {
    const back = planOf(system(declared('notes')), there, named, at(time));
    expect(words(back)).toEqual(['cancel volume/notes']);
    expect(back).toMatchObject({ cancelled: [{ uid: 'live', address: 'volume/notes' }], steps: [] });
    const moved = planOf(system(declared('book', ['notes'])), there, new Set(), at(time));
    expect(moved.cancelled).toEqual([{ uid: 'live', address: 'volume/book' }]);
  });

  test('is called off where the release that named it goes back', () => {
    const { destructions } = at(now);
    const back = { facts: graceful, destructions: { ...destructions, calledOff: new Set(['live']) } };
    const made = planOf(system(), there, new Set(), back);
    expect([words(made), made.retained]).toEqual([['cancel volume/notes'], there]);
  });

  test('goes at once where there is no grace period', () => {
    expect(words(planOf(system(), there, named))).toEqual(['destroy volume/notes']);
    expect(words(planOf(system(), there, named, at(now, { facts })))).toEqual(['destroy volume/notes']);
    expect(words(planOf(system(), there, new Set(), at(now, { facts, destroy: 'all' })))).toEqual([
      'destroy volume/notes',
    ]);
  });

  test('stays where nothing may be destroyed any more, whatever was named before', () => {
    const guarded = { ...graceful, protected: true };
    const made = planOf(system(), there, new Set(), at(now + 8 * day, { facts: guarded }));
    expect(words(made)).toEqual(['cancel volume/notes']);
    expect(made.retained).toEqual(there);
    expect(() => planOf(system(), there, named, { facts: guarded })).toThrow(/protected/);
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
