import { describe, expect, test } from 'vitest';
import { Secret } from '../../kit/secret.ts';
import type { Reach } from '../../model/reached.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { InstanceDesire } from '../../ports/desires.ts';
import type { SecretStore } from '../../ports/secrets.ts';
import { Names } from '../observe/names.ts';
import { plan } from '../plan/planner.ts';
import { Vault } from '../release/vault.ts';
import { MemoryEngine } from '../testing/memory-engine.ts';
import { noDestructions } from '../testing/no-destructions.ts';
import type { JournalFacts } from './environment-facts.ts';

const facts = {
  name: 'local',
  domain: 'shop.localhost',
  subnets: '10.20.0.0/16',
  ports: 8080,
  hostAddress: '127.0.0.1',
  protected: false,
  grace: 0,
};

const inFile: JournalFacts = {
  kept: 'in-file',
  path: '/home/ada/shop/.holdfast/local/journal.db',
  owner: '1000:1001',
  beyond: ['far'],
};
const onServer: JournalFacts = { kept: 'on-server', shown: 'postgres://ops@db.example/holdfast' };
const url = 'postgres://ops:correct-horse@db.example/holdfast';

const model = (reaches: readonly Reach[], more: object = {}, engine = 'default'): SystemModel => ({
  format: 1,
  name: 'shop',
  environment: 'local',
  resources: [
    {
      kind: 'image',
      name: 'app',
      engine: 'default',
      spec: { source: { from: 'archive', path: 'x' }, inputs: 'a'.repeat(16) },
      needs: [],
    },
    {
      kind: 'service',
      name: 'agent',
      engine,
      needs: ['image/app'],
      at: 'system.ts:3:1',
      spec: {
        image: 'image/app',
        networks: [],
        env: { COLOUR: 'blue' },
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
        ...(reaches.length > 0 && { reaches }),
        ...more,
      },
    },
  ],
});

const store = { key: async () => 'key', read: async () => [], standIn: () => undefined } as unknown as SecretStore;

async function planned(wanted: SystemModel, journal?: JournalFacts) {
  const vault = new Vault(store, () => 0, new Secret(url));
  await vault.open(wanted);
  const made = plan({
    model: wanted,
    world: { seen: [], tables: new Map(), names: new Names() },
    facts: { ...facts, ...(journal && { journal }) },
    provider: new MemoryEngine().providers,
    seal: vault.seal,
    seed: 'seed',
    reachableImages: new Set(),
    destroy: new Set(),
    destructions: noDestructions,
  });
  const step = made.steps.find(({ address }) => address === 'instance/agent.1');
  const spec = (step?.op === 'ensure' ? step.desired.spec : undefined) as InstanceDesire;
  return { spec, vault, made, notes: made.changes.find(({ address }) => address === 'instance/agent.1')?.notes };
}

describe('what reaches the engine', () => {
  test('has its socket as root, and the plan says so', async () => {
    const { spec, notes } = await planned(model(['engine']));
    expect(spec).toMatchObject({ user: '0:0', reaches: { engine: true }, env: { COLOUR: { value: 'blue' } } });
    expect(notes).toEqual(['it has the engine’s socket: whoever has it is root on the engine’s machine']);
  });

  test('is whoever it says that it is', async () => {
    expect((await planned(model(['engine'], { user: 'app' }))).spec.user).toBe('app');
  });
});

describe('what reaches the journal', () => {
  test('has the folder of one that is a file, and is who has that', async () => {
    const { spec, notes } = await planned(model(['engine', 'journal']), inFile);
    expect(spec).toMatchObject({
      user: '1000:1001',
      reaches: { engine: true, journal: '/home/ada/shop/.holdfast/local' },
      env: { HOLDFAST_JOURNAL: { value: '/run/holdfast/journal/journal.db' } },
      files: {},
    });
    expect(notes).toHaveLength(1);
  });

  test('has the URL of one on a server as a sealed file, and no plan holds it', async () => {
    const { spec, vault, made } = await planned(model(['journal']), onServer);
    expect(spec.reaches).toEqual({});
    expect(spec.env.HOLDFAST_JOURNAL).toEqual({ value: '/run/secrets/holdfast-journal' });
    const file = spec.files['/run/secrets/holdfast-journal'];
    expect(file).toMatchObject({
      mode: '0400',
      owner: '0:0',
      content: { seal: expect.stringMatching(/^[0-9a-f]{32}/) },
    });
    expect(vault.reveal(file?.content.value ?? '')).toBe(url);
    expect(vault.scrub(`can't reach ${url}`)).toBe("can't reach [secret]");
    expect(JSON.stringify(made)).not.toContain('correct-horse');
  });

  test.each([
    ['1000', '0400', '1000:1000'],
    ['1000:7', '0400', '1000:7'],
    ['app', '0444', '0:0'],
  ])('as user %s has a file of mode %s and owner %s', async (user, mode, owner) => {
    const { spec } = await planned(model(['journal'], { user }), onServer);
    expect(spec.files['/run/secrets/holdfast-journal']).toMatchObject({ mode, owner });
  });

  test.each([
    ['a file on another machine', model(['journal'], {}, 'far'), inFile, /a file here, and runs on engine "far"/],
    [
      'an address of this machine',
      model(['journal']),
      { ...onServer, apart: 'its address is this machine’s own' },
      /and a container can’t/,
    ],
    ['nowhere', model(['journal']), undefined, /nobody says where/],
  ] as const)('can not be had where the journal is %s', async (_, wanted, journal, what) => {
    await expect(planned(wanted, journal)).rejects.toMatchObject({
      parts: { what: expect.stringMatching(what), where: 'system.ts:3:1', exit: 2 },
    });
  });
});

test('what reaches nothing is specified as ever', async () => {
  const { spec, notes } = await planned(model([]), inFile);
  expect(spec).not.toHaveProperty('reaches');
  expect(spec).not.toHaveProperty('user');
  expect(spec.env).toEqual({ COLOUR: { value: 'blue' } });
  expect(notes).toEqual([]);
});
