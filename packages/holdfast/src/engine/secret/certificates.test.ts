import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '../../kit/secret.ts';
import { isBy, isRoot, readCredential } from '../../kit/x509/credential.ts';
import type { Known } from '../../model/resource.ts';
import type { GenerateSpec } from '../../model/spec/small-specs.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { SecretPart, SecretValue } from '../../model/value.ts';
import type { SecretStore } from '../../ports/secrets.ts';
import { Vault } from '../release/vault.ts';
import { newText } from './make.ts';

const day = 86_400_000;
const begin = Date.parse('2026-11-29T12:00:00Z');

const declares = (name: string, generate: GenerateSpec): Known<'secret'> => ({
  kind: 'secret',
  name,
  engine: 'default',
  spec: { generate },
  needs: [],
});

const leafSpec = (names = ['db', 'db-1'], days = 825): GenerateSpec => ({
  certificate: { by: 'secret/ca', names, days },
});

const modelOf = (...resources: readonly Known<'secret'>[]): SystemModel => ({
  format: 1,
  name: 'shop',
  environment: 'local',
  resources,
});

/** The certificate stands before its authority: the order of declaration is not that of making. */
const model = modelOf(declares('leaf', leafSpec()), declares('ca', { authority: {} }));

class Store implements SecretStore {
  readonly values = new Map<string, readonly string[]>();
  readonly variables: Record<string, string> = {};
  read = async (name: string) =>
    [this.variables[name], ...(this.values.get(name) ?? [])].flatMap(text => (text ? [new Secret(text)] : []));
  write = async (name: string, value: Secret): Promise<void> => {
    const had = this.values.get(name) ?? [];
    if (had[0] !== value.reveal()) this.values.set(name, [value.reveal(), ...had]);
  };
  settle = async (names: readonly string[]): Promise<void> => {
    for (const name of names) this.values.set(name, (this.values.get(name) ?? []).slice(0, 1));
  };
  howToGive = (name: string) => name;
  standIn = (name: string) => (this.variables[name] ? `VARIABLE_${name}` : undefined);
  key = async () => 'a key';
}

let store: Store;
let now = begin;
beforeEach(() => {
  store = new Store();
  now = begin;
});

async function opened(of = model): Promise<Vault> {
  const vault = new Vault(store, () => now);
  await vault.open(of);
  return vault;
}

/** One `up` as far as secrets go: made, and kept. */
async function upped(of = model) {
  const vault = await opened(of);
  const made = await vault.generate(of);
  const hashes = vault.hashes(of);
  await vault.settle(of);
  return { made, hashes, vault };
}

/** What `holdfast secret rotate` does. */
async function rotate(name: string, of = model): Promise<void> {
  const vault = await opened(of);
  const secret = of.resources.find(one => one.name === name) as Known<'secret'>;
  const textOf = (one: string) => (store.values.get(one) ? vault.reveal({ $secret: one }) : undefined);
  const text = await newText(secret, { scope: { system: 'shop', environment: 'local' }, now, textOf });
  await store.write(name, new Secret(text));
}

const part = ($secret: string, one?: SecretPart): SecretValue => (one ? { $secret, part: one } : { $secret });
const held = (name: string) => readCredential(store.values.get(name)?.[0] ?? '');
const count = (pem: string): number => pem.match(/BEGIN CERTIFICATE/g)?.length ?? 0;
const isSigned = (): boolean => {
  const [leaf, ca] = [held('leaf'), held('ca')];
  return leaf !== undefined && ca !== undefined && isBy(leaf.own, ca.own);
};

describe('authorities and certificates', () => {
  test('are made at first use, the authority first, and never again', async () => {
    const { made, vault } = await upped();
    expect(made).toEqual([{ name: 'ca' }, { name: 'leaf' }]);
    expect(isSigned()).toBe(true);
    expect(vault.warnings(model)).toEqual([]);
    expect((await upped()).made).toEqual([]);
  });

  test('are given in parts', async () => {
    const { vault } = await upped();
    expect(vault.reveal(part('leaf', 'key'))).toMatch(
      /^-----BEGIN PRIVATE KEY-----\n[^-]+-----END PRIVATE KEY-----\n$/,
    );
    expect(vault.reveal(part('leaf', 'certificate'))).toMatch(
      /^-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n$/,
    );
    expect(vault.reveal(part('leaf'))).toBe(
      vault.reveal(part('leaf', 'key')) + vault.reveal(part('leaf', 'certificate')),
    );
    expect(vault.reveal(part('ca', 'certificate'))).not.toContain('PRIVATE');
  });

  test('a part that a value has not is refused in words', async () => {
    const plain = modelOf(declares('ca', 16));
    const { vault } = await upped(plain);
    expect(() => vault.reveal(part('ca', 'key'))).toThrow('no certificate with its key');
  });

  test('show in no seal, no hash and no log what their keys are', async () => {
    const { vault, hashes } = await upped();
    const key = vault.reveal(part('leaf', 'key'));
    const lines = key.split('\n').filter(line => line.length > 10 && !line.startsWith('-'));
    const said = vault.scrub(`boot ${key.replaceAll('\n', '\\n')} and ${lines[1]}`);
    const seals = (['key', 'certificate', 'mark', undefined] as const).map(one => vault.seal(part('leaf', one)));
    const told = JSON.stringify({ seals, hashes, said, warnings: vault.warnings(model) });
    for (const line of lines) expect(told).not.toContain(line);
    expect(new Set(seals.map(({ seal }) => seal)).size).toBe(4);
    expect(seals.every(({ seal }) => /^[0-9a-f]{64}$/.test(seal ?? ''))).toBe(true);
  });

  test('a certificate whose value was lost is made by the same authority', async () => {
    await upped();
    store.values.delete('leaf');
    expect((await upped()).made).toEqual([{ name: 'leaf' }]);
    expect(isSigned()).toBe(true);
  });
});

describe('a mark', () => {
  test('is eight digits that a rotation changes, and nothing else', async () => {
    const all = modelOf(...(model.resources as Known<'secret'>[]), declares('password', 16));
    const marks = async () => {
      const { vault } = await upped(all);
      return ['ca', 'leaf', 'password'].map(name => vault.reveal(part(name, 'mark')));
    };
    const before = await marks();
    expect(before.every(mark => /^[0-9a-f]{8}$/.test(mark))).toBe(true);
    expect(await marks()).toEqual(before);
    await rotate('password', all);
    const after = await marks();
    expect(after.map((mark, at) => mark === before[at])).toEqual([true, true, false]);
  });

  test('stays while an authority gives up the one before', async () => {
    await upped();
    await rotate('ca');
    const vault = await opened();
    await vault.generate(model);
    const marks = ['ca', 'leaf'].map(name => vault.reveal(part(name, 'mark')));
    await vault.settle(model);
    const later = await opened();
    expect(['ca', 'leaf'].map(name => later.reveal(part(name, 'mark')))).toEqual(marks);
  });
});

describe('rotation', () => {
  test('of a certificate is by the same authority, and touches it alone', async () => {
    const { hashes } = await upped();
    await rotate('leaf');
    const vault = await opened();
    expect(isSigned()).toBe(true);
    expect(vault.insteadOf(hashes.leaf ?? '', 'leaf')).toBe('another one');
    expect(vault.insteadOf(hashes.ca ?? '', 'ca')).toBeUndefined();
  });

  test('of an authority: the next release trusts both and shows what both trust; the one after it drops the old', async () => {
    const first = await upped();
    await rotate('ca');
    const planned = await opened();
    expect(planned.seal(part('leaf', 'key')).seal).toBe('not yet generated');
    expect(planned.insteadOf(first.hashes.leaf ?? '', 'leaf')).toBe('another one: its authority is another one');

    const vault = await opened();
    expect(await vault.generate(model)).toEqual([{ name: 'leaf', why: 'its authority is another one' }]);
    expect([count(vault.reveal(part('ca', 'certificate'))), count(vault.reveal(part('leaf', 'certificate')))]).toEqual([
      2, 2,
    ]);
    expect(isSigned()).toBe(true);
    const during = vault.hashes(model);
    await vault.settle(model);

    const after = await opened();
    expect(after.insteadOf(during.ca ?? '', 'ca')).toBe('the same without what was trusted before');
    expect(after.insteadOf(during.leaf ?? '', 'leaf')).toBe('the same without what was trusted before');
    expect([count(after.reveal(part('ca', 'certificate'))), count(after.reveal(part('leaf', 'certificate')))]).toEqual([
      1, 1,
    ]);
    expect(after.reveal(part('leaf', 'key'))).toBe(vault.reveal(part('leaf', 'key')));
    expect(await after.generate(model)).toEqual([]);

    const back = await opened();
    back.returnTo(during);
    await back.open(model);
    expect(count(back.reveal(part('ca', 'certificate')))).toBe(2);
    await after.settle(model);
    expect([store.values.get('ca')?.length, store.values.get('leaf')?.length]).toEqual([1, 1]);
  });

  test('that fails goes back to the authority and the certificate before, which are not due there', async () => {
    const { hashes } = await upped();
    const [ca, leaf] = [held('ca'), held('leaf')];
    await rotate('ca');
    const vault = await opened();
    await vault.generate(model);
    vault.returnTo(hashes);
    await vault.open(model);
    expect(vault.hashes(model)).toEqual(hashes);
    expect(vault.reveal(part('leaf', 'key'))).toBe(leaf?.key);
    expect(count(vault.reveal(part('ca', 'certificate')))).toBe(1);
    expect(vault.seal(part('ca', 'certificate')).seal).not.toBe('not yet generated');
    await vault.settle(model);
    expect(store.values.get('ca')).toHaveLength(2);
    expect(ca?.own.fingerprint256).toBe(readCredential(store.values.get('ca')?.[1] ?? '')?.own.fingerprint256);
  });

  test('twice without a release between trusts all three, and what is shown leads to each', async () => {
    await upped();
    await rotate('ca');
    await rotate('ca');
    const vault = await opened();
    await vault.generate(model);
    expect(count(vault.reveal(part('ca', 'certificate')))).toBe(3);
    const leaf = readCredential(vault.reveal(part('leaf')));
    expect(leaf?.further.map(isRoot)).toEqual([false, false]);
    await vault.settle(model);
    expect(held('ca')?.further).toEqual([]);
  });

  test('keeps the authority before as long as a certificate of it is in use, given by a variable', async () => {
    await upped();
    store.variables.leaf = store.values.get('leaf')?.[0] ?? '';
    await rotate('ca');
    await upped();
    expect(held('ca')?.further.length).toBe(2);
    delete store.variables.leaf;
    await upped();
    expect([held('ca')?.further.length, isSigned()]).toEqual([0, true]);
  });
});

describe('renewal', () => {
  const openedAfter = async (days: number, of = model) => {
    now = begin + days * day;
    return opened(of);
  };

  test.each([
    [0, undefined],
    [549, undefined],
    [551, '274 days left'],
    [826, 'ended 1 day ago'],
  ])('of a certificate after %i of 825 days: %s', async (days, why) => {
    const { hashes } = await upped();
    const key = held('leaf')?.key;
    const vault = await openedAfter(days);
    expect(vault.insteadOf(hashes.leaf ?? '', 'leaf')).toBe(why && `another one: ${why}`);
    expect(await vault.generate(model)).toEqual(why ? [{ name: 'leaf', why }] : []);
    expect(held('leaf')?.key === key).toBe(why === undefined);
    expect(isSigned()).toBe(true);
    expect((await upped()).made).toEqual([]);
  });

  test('of an authority takes its certificates along, and is safe in the same two releases', async () => {
    await upped();
    const vault = await openedAfter(2_500);
    const made = await vault.generate(model);
    expect(made.map(({ name }) => name)).toEqual(['ca', 'leaf']);
    expect(held('ca')?.further).toHaveLength(2);
    await vault.settle(model);
    expect([held('ca')?.further.length, isSigned()]).toEqual([0, true]);
  });

  test.each([
    ['other names', leafSpec(['db', 'db-2']), 'its names are db, db-1'],
    ['the same names in another order', leafSpec(['db-1', 'db']), undefined],
    ['fewer days', leafSpec(undefined, 90), 'it is valid for more than 90 days'],
  ])('of a certificate that is declared for %s', async (_, spec, why) => {
    await upped();
    const changed = modelOf(declares('ca', { authority: {} }), declares('leaf', spec));
    expect((await upped(changed)).made).toEqual(why ? [{ name: 'leaf', why }] : []);
  });

  test('of what was a password before, and is declared as a certificate now', async () => {
    await upped(modelOf(declares('leaf', 16)));
    expect((await upped()).made.map(({ name }) => name)).toEqual(['ca', 'leaf']);
    expect(isSigned()).toBe(true);
  });

  test('is announced in the last month, and by whom it is to be done', async () => {
    await upped();
    expect((await openedAfter(790)).warnings(model)).toEqual([]);
    expect((await openedAfter(800)).warnings(model)).toEqual([
      'secret "leaf": 25 days left; the next up makes it anew',
    ]);
    store.variables.leaf = store.values.get('leaf')?.[0] ?? '';
    expect((await openedAfter(800)).warnings(model)).toEqual([
      'secret "leaf": 25 days left; it comes from VARIABLE_leaf, and Holdfast can\'t renew it',
    ]);
  });

  test('is not tried of what a variable gives, again and again', async () => {
    await upped();
    store.variables.leaf = store.values.get('leaf')?.[0] ?? '';
    const before = store.values.get('leaf');
    expect(await (await openedAfter(800)).generate(model)).toEqual([]);
    expect(store.values.get('leaf')).toEqual(before);
  });
});

describe('kill -9', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hf-certificates-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  /** Another process makes, or settles, what is due, and is killed when it has written so often. */
  async function killed(verb: 'generate' | 'settle', after: number): Promise<NodeJS.Signals | null> {
    const file = join(folder, 'store.json');
    await writeFile(file, JSON.stringify([...store.values]));
    const modules = ['../release/vault.ts', '../../kit/secret.ts'].map(path => new URL(path, import.meta.url).href);
    const script = `
      import { readFileSync, writeFileSync } from 'node:fs';
      const [{ Vault }, { Secret }] = await Promise.all(${JSON.stringify(modules)}.map(one => import(one)));
      const values = new Map(JSON.parse(readFileSync(${JSON.stringify(file)})));
      let writes = 0;
      const save = () => {
        if (writes++ === ${after}) process.kill(process.pid, 'SIGKILL');
        writeFileSync(${JSON.stringify(file)}, JSON.stringify([...values]));
      };
      const store = {
        read: async name => (values.get(name) ?? []).map(text => new Secret(text)),
        write: async (name, value) => { values.set(name, [value.reveal(), ...(values.get(name) ?? [])]); save(); },
        settle: async names => { for (const name of names) values.set(name, values.get(name).slice(0, 1)); save(); },
        howToGive: name => name, standIn: () => undefined, key: async () => 'a key',
      };
      const vault = new Vault(store, () => ${now});
      await vault.open(${JSON.stringify(model)});
      await vault.${verb}(${JSON.stringify(model)});`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' });
    const [, signal] = await once(child, 'exit');
    store.values.clear();
    for (const [name, values] of JSON.parse(await readFile(file, 'utf8'))) store.values.set(name, values);
    return signal;
  }

  test.each([0, 1])('after %i of two values are made: the next run makes the rest, and they fit', async after => {
    expect(await killed('generate', after)).toBe('SIGKILL');
    expect(store.values.size).toBe(after);
    const { made } = await upped();
    expect(made.map(({ name }) => name)).toEqual(['ca', 'leaf'].slice(after));
    expect(isSigned()).toBe(true);
  });

  test('after an authority is renewed, and before its certificate is', async () => {
    await upped();
    now = begin + 2_500 * day;
    expect(await killed('generate', 1)).toBe('SIGKILL');
    expect(isSigned()).toBe(false);
    const vault = await opened();
    expect(await vault.generate(model)).toEqual([{ name: 'leaf', why: 'its authority is another one' }]);
    expect([isSigned(), count(vault.reveal(part('ca', 'certificate')))]).toEqual([true, 2]);
  });

  test.each([0, 1, 2])('after %i writes of what ends a rotation: it is ended by the next release', async after => {
    await upped();
    await rotate('ca');
    await (await opened()).generate(model);
    expect(await killed('settle', after)).toBe('SIGKILL');
    await upped();
    await upped();
    expect([isSigned(), held('ca')?.further.length, held('leaf')?.further.length]).toEqual([true, 0, 0]);
    expect([store.values.get('ca')?.length, store.values.get('leaf')?.length]).toEqual([1, 1]);
  });
});
