import { expect, test } from 'vitest';
import type { Resource } from '../../model/resource.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { InstanceDesire } from '../../ports/desires.ts';
import { Names } from '../observe/names.ts';
import { MemoryEngine } from '../testing/memory-engine.ts';
import { noDestructions } from '../testing/no-destructions.ts';
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

const model = (every?: string): SystemModel => ({
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
      kind: 'job',
      name: 'dump',
      engine: 'default',
      needs: ['image/app'],
      spec: {
        image: 'image/app',
        networks: [],
        env: {},
        files: {},
        mounts: {},
        limits: { processes: 100 },
        readOnly: true,
        capabilities: [],
        timeout: 1_000,
        ...(every && { every }),
      },
    } satisfies Resource,
  ],
});

const planOf = (wanted: SystemModel) =>
  plan({
    model: wanted,
    world: { seen: [], tables: new Map(), names: new Names() },
    facts,
    provider: new MemoryEngine().providers,
    seal: value => ({ value }),
    seed: 'seed',
    reachableImages: new Set(),
    destroy: new Set(),
    destructions: noDestructions,
  });

test('a job on a schedule is made and not run, and the plan says when it will be', () => {
  const { steps, changes } = planOf(model('15m'));
  expect(steps.map(({ id }) => id)).toEqual(['ensure image/app', 'ensure instance/dump.job']);
  expect(changes.at(-1)).toMatchObject({ action: 'create', address: 'instance/dump.job', notes: ['runs every 15m'] });
  const made = steps.find(({ address }) => address === 'instance/dump.job');
  expect(made?.op === 'ensure' && (made.desired.spec as InstanceDesire).runs).toBe('on-schedule');
});

test('a job without one runs, and is waited for', () => {
  const { steps, changes } = planOf(model());
  expect(steps.map(({ op }) => op)).toEqual(['ensure', 'ensure', 'finish']);
  expect(changes.at(-1)).toMatchObject({ action: 'run', notes: [] });
});
