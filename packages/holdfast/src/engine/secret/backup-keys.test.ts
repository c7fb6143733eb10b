import { expect, test } from 'vitest';
import { Secret } from '../../kit/secret.ts';
import type { Known, Resource } from '../../model/resource.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { SecretStore } from '../../ports/secrets.ts';
import { Vault } from '../release/vault.ts';

const secretOf = (name: string) => ({ kind: 'secret', name, needs: [], spec: { generate: 32 } }) as unknown as Resource;
const cluster = {
  ...{ kind: 'cluster', name: 'db', needs: [] },
  spec: { backups: { key: 'secret/passphrase' } },
} as unknown as Known<'cluster'>;
const model = {
  ...{ format: 1, name: 'shop', environment: 'local' },
  resources: [secretOf('passphrase'), secretOf('password'), cluster],
} as SystemModel;

/** What it has at first, by name; the present value first. */
function storeOf(values: Record<string, readonly string[]>): SecretStore {
  return {
    read: async name => (values[name] ?? []).map(text => new Secret(text)),
    write: async () => {},
    settle: async names => {
      for (const name of names) values[name] = (values[name] ?? []).slice(0, 1);
    },
    howToGive: name => name,
    standIn: () => undefined,
    key: async () => 'a key',
  };
}

test('what backups are encrypted with outlasts the release that rotated it, and each of its values can be returned to', async () => {
  const vault = new Vault(storeOf({ passphrase: ['new', 'old'], password: ['new', 'old'] }));
  await vault.open(model);
  await vault.settle(model);
  await vault.open(model);
  expect(['passphrase', 'password'].map(name => vault.generations(name).length)).toEqual([2, 1]);
  const revealed: string[] = [];
  for (const hash of vault.generations('passphrase')) {
    vault.returnTo({ passphrase: hash });
    await vault.open(model);
    revealed.push(vault.reveal({ $text: [{ $secret: 'passphrase' }, ' ', { $secret: 'password' }] }));
  }
  expect(revealed).toEqual(['new new', 'old new']);
});
