import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FactDraft, ReleaseOutcome } from '../../journal/fact.ts';
import type { Journal } from '../../journal/journal.ts';
import { openSqliteJournal } from '../../journal/sqlite-journal.ts';
import { Secret } from '../../kit/secret.ts';
import type { Resource } from '../../model/resource.ts';
import type { SecretStore } from '../../ports/secrets.ts';
import type { Plan } from '../plan/plan.ts';
import { releaseToReturnTo } from './past.ts';
import { resealed } from './saved-plan.ts';
import { Vault } from './vault.ts';

let folder: string;
let journal: Journal;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-release-'));
  journal = await openSqliteJournal(join(folder, 'journal.db'), { stateFolder: folder });
});

afterEach(async () => {
  await journal[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const scope = { system: 'shop', environment: 'local' };
const thing = (version: string): Resource => ({
  kind: 'thing',
  name: 'one',
  engine: 'default',
  spec: { version },
  needs: [],
});

async function released(version: string | undefined, outcome: ReleaseOutcome): Promise<void> {
  const release = `release-${await journal.head()}`;
  const model = { format: 1, name: 'shop', environment: 'local', resources: version ? [thing(version)] : [] } as const;
  const facts: FactDraft[] = [
    { ...scope, release, kind: 'release.begun', payload: { model, verb: 'up' } },
    { ...scope, release, kind: 'release.ended', payload: { outcome, milliseconds: 1 } },
  ];
  await journal.append(facts);
}

const back = async (asked?: string): Promise<unknown> =>
  (await releaseToReturnTo(journal, 'shop', 'local', asked)).model.resources[0]?.spec;

test('going back goes to another release, not to the one that runs under a newer number', async () => {
  await released('1', 'kept');
  await released('2', 'kept');
  await released('3', 'rolled-back');
  await released('2', 'kept');
  expect(await back()).toEqual({ version: '1' });
  expect(await back('r2')).toEqual({ version: '2' });
});

test('a release that took everything away is nothing to go back to', async () => {
  await released('1', 'kept');
  await released(undefined, 'kept');
  await released('2', 'kept');
  expect(await back()).toEqual({ version: '1' });
});

test('where there is none, it says which there are', async () => {
  await released('1', 'kept');
  await expect(back()).rejects.toThrow(/no earlier release/);
  await expect(back('r7')).rejects.toThrow(/no kept release "r7"/);
});

function store(given: Record<string, string>): SecretStore {
  const values = new Map(Object.entries(given).map(([name, value]) => [name, [new Secret(value)]]));
  return {
    read: async name => values.get(name) ?? [],
    write: async (name, value) => void values.set(name, [value, ...(values.get(name) ?? [])]),
    settle: async names => {
      for (const name of names) values.get(name)?.splice(1);
    },
    howToGive: name => name,
    standIn: () => undefined,
    key: async () => 'a key',
  };
}

const withSecret = {
  format: 1,
  name: 'shop',
  environment: 'local',
  resources: [{ kind: 'secret', name: 'password', engine: 'default', spec: { generate: 12 }, needs: [] }],
} as const;

test('what an application prints of a secret is not passed on', async () => {
  const vault = new Vault(store({ password: 'correct horse' }));
  await vault.open(withSecret);
  expect(vault.scrub('dsn postgres://app:correct horse@db')).toBe('dsn postgres://app:[secret]@db');
});

test('a saved plan knows secrets that were made only after it by the hash that they have now', async () => {
  const vault = new Vault(store({}));
  await vault.open(withSecret);
  const value = { $secret: 'password' };
  const saved = { steps: [{ desired: { spec: { env: { PASSWORD: vault.seal(value) } } } }] } as unknown as Plan;
  await vault.generate(withSecret);
  expect(JSON.stringify(saved)).toContain('not yet generated');
  expect(resealed(saved, vault.seal).steps).toEqual([{ desired: { spec: { env: { PASSWORD: vault.seal(value) } } } }]);
});

test('what goes back has the values that its release had, while the store still has them', async () => {
  const kept = store({ password: 'old password' });
  const before = new Vault(kept);
  await before.open(withSecret);
  const hashes = before.hashes(withSecret);
  await kept.write('password', new Secret('new password'));

  const vault = new Vault(kept);
  await vault.open(withSecret);
  expect(vault.reveal({ $secret: 'password' })).toBe('new password');
  expect(vault.hashes(withSecret)).not.toEqual(hashes);
  vault.returnTo(hashes);
  await vault.open(withSecret);
  expect(vault.reveal({ $secret: 'password' })).toBe('old password');
  expect(vault.scrub('new password, old password')).toBe('[secret], [secret]');

  await vault.settle(withSecret);
  expect(await kept.read('password')).toHaveLength(2);
  vault.returnTo();
  await vault.open(withSecret);
  await vault.settle(withSecret);
  vault.returnTo(hashes);
  await vault.open(withSecret);
  expect(vault.reveal({ $secret: 'password' })).toBe('new password');
});
