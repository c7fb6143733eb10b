import { expect, test } from 'vitest';
import { type Address, address } from '../../model/address.ts';
import type { Resource } from '../../model/resource.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { Provider, Seen } from '../../ports/provider.ts';
import { Names } from '../observe/names.ts';
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

const model = (...resources: readonly Resource[]): SystemModel => ({
  format: 1,
  name: 'shop',
  environment: 'local',
  resources,
});

const resource = (kind: string, name: string, spec: object, ...needs: Address[]): Resource => ({
  kind,
  name,
  engine: 'default',
  spec,
  needs,
});

const runs = {
  networks: [],
  env: {},
  files: {},
  mounts: {},
  ports: {},
  publish: [],
  aliases: [],
  limits: { processes: 9 },
  before: [],
  replicas: 1,
  image: 'image/app',
};
const app = resource('image', 'app', { source: { from: 'archive', path: 'a.tar' }, inputs: 'f'.repeat(64) });
const db = resource('service', 'db', runs, 'image/app');
const cluster = resource('cluster', 'db', { members: ['service/db'] }, 'service/db');
const login = resource('role', 'login', { cluster: 'cluster/db', name: 'shop', memberOf: [] }, 'service/db');
const web = resource('service', 'web', runs, 'image/app', 'role/login');

const seen = (kind: string, bornAs: Address, more: Partial<Seen> = {}): Seen => ({
  kind,
  engine: 'default',
  id: `id-${bornAs}`,
  name: bornAs.replace('/', '-'),
  birth: { uid: `uid-${bornAs}`, bornAs },
  state: { running: true, hostname: bornAs, hostPorts: [] },
  about: bornAs,
  ...more,
});
const within = { within: ['id-instance/db.1'] };
const server = seen('instance', 'instance/db.1');
const role = seen('role', 'role/login', within);
const data = seen('database', 'database/shop', { ...within, holdsData: true });

/** Where everything of the kinds named must be replaced, and nothing else differs. */
function planOf(
  declared: SystemModel,
  there: readonly Seen[],
  more: { replace?: string[]; last?: SystemModel } = {},
): Plan {
  const provider = (kind: string): Provider => ({
    ...new MemoryEngine().providers('thing'),
    kind,
    differences: () =>
      more.replace?.includes(kind) ? [{ aspect: 'name', found: 'a', wanted: 'b', mend: 'replace' }] : [],
  });
  return plan({
    model: declared,
    world: { seen: there, tables: new Map(), names: new Names() },
    facts,
    provider,
    seal: value => ({ value }),
    seed: 'seed',
    reachableImages: new Set(),
    destroy: new Set(),
    destructions: noDestructions,
    ...(more.last && { last: more.last }),
  });
}

/** Ids of all steps that are done before the one that begins so. */
function before({ steps }: Plan, beginning: string): readonly string[] {
  const byId = new Map(steps.map(step => [step.id, step]));
  const reached = new Set<string>();
  const visit = (id: string): void => {
    for (const earlier of byId.get(id)?.after ?? []) if (!reached.has(earlier)) visit(reached.add(earlier) && earlier);
  };
  visit(steps.find(({ id }) => id.startsWith(beginning))?.id ?? '');
  return [...reached];
}

const there = [seen('image', 'image/app'), server, role, seen('instance', 'instance/web.1')];
const all = model(app, db, cluster, login, web);

test('an old login goes when all that used it is replaced and gone, and the new one is there before any of that', () => {
  const made = planOf(all, there, { replace: ['role', 'instance'] });
  const last = before(made, 'remove role/login');
  expect(last).toEqual(expect.arrayContaining([expect.stringMatching(/^gate instance\/web\.1/)]));
  expect(last).toEqual(expect.arrayContaining([expect.stringMatching(/^remove instance\/web\.1/)]));
  expect(before(made, 'ensure instance/web.1')).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^ensure role\/login/),
      expect.stringMatching(/^gate instance\/db\.1/),
    ]),
  );
  expect(made.changes.find(({ of }) => of === 'role/login')).toMatchObject({ action: 'replace', order: 'start-first' });
});

test('what is no longer declared goes once its server is back, and who used it is gone', () => {
  const made = planOf(model(app, db, cluster), there, { replace: ['instance'], last: all });
  const first = before(made, 'remove role/login');
  expect(first).toEqual(expect.arrayContaining([expect.stringMatching(/^gate instance\/db\.1/)]));
  expect(first).toEqual(expect.arrayContaining([expect.stringMatching(/^remove instance\/web\.1/)]));
});

test('where the servers go, what is inside is left to their volumes', () => {
  const made = planOf(model(), [server, role, data], { last: all });
  expect(made.steps.map(({ id }) => id)).toEqual([expect.stringMatching(/^remove instance\/db\.1/)]);
  expect(made.retained).toEqual([]);
});

test('what is inside is made anew where the server is given another volume, and not where it keeps its own', () => {
  const volume = (name: string) => seen('volume', `volume/${name}`, { holdsData: true });
  const onVolume = (name: string) => {
    const disk = resource('volume', name, { writers: 'one' });
    const server = resource(
      'service',
      'db',
      { ...runs, mounts: { '/data': `volume/${name}` } },
      'image/app',
      `volume/${name}`,
    );
    return model(app, disk, server, cluster, login);
  };
  const held = [seen('image', 'image/app'), volume('old'), { ...server, uses: ['id-volume/old'] }, role];
  const changesOf = (name: string) =>
    planOf(onVolume(name), held, { replace: ['instance'] }).changes.map(({ action, of }) => `${action} ${of}`);
  expect(changesOf('old')).toEqual(['replace service/db']);
  expect(changesOf('new')).toEqual(['create volume/new', 'replace service/db', 'create role/login']);
});

test('a database that is no longer declared stays, as a volume does', () => {
  const made = planOf(model(app, db, cluster), [seen('image', 'image/app'), server, data]);
  expect(made.steps).toEqual([]);
  expect(made.retained).toEqual([data]);
});

test('who owns a database that stays is not taken away, and goes with it', () => {
  const owned = { ...data, uses: [role.id] };
  const bare = model(app, db, cluster);
  const others = [seen('image', 'image/app'), server, role];
  expect(planOf(bare, [...others, owned], { last: all }).steps).toEqual([]);
  expect(planOf(bare, others, { last: all }).steps.map(({ address }) => address)).toEqual(['role/login']);
});

test('where no server answers, the plan says that nothing is known to be gone', () => {
  const notes = (there: readonly Seen[], last?: SystemModel) =>
    planOf(all, there, last && { last }).changes.find(({ of }) => of === 'role/login')?.notes;
  const [image, , , web1] = there as [Seen, Seen, Seen, Seen];
  expect(notes([image, server, web1], all)).toEqual([
    'no server of cluster "db" answers: if it is there, it stays as it is',
  ]);
  expect(notes([image, server, web1])).toEqual([]);
  const other = seen('database', 'database/x', { ...within, state: { cluster: 'db' }, birth: undefined as never });
  expect(notes([image, server, web1, other], all)).toEqual([]);
});

test('a reference to what is called inside is the name there', () => {
  const env = { DATABASE_USER: { $text: [{ $ref: { of: 'role/login', what: 'name' } }, '_ab'] } };
  const made = planOf(model(app, db, cluster, login, resource('service', 'web', { ...runs, env }, 'role/login')), []);
  const step = made.steps.find(one => one.op === 'ensure' && one.address === address('instance', 'web.1'));
  expect(JSON.stringify(step)).toContain('"$text":["shop","_ab"]');
});
