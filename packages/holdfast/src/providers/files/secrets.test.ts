import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '../../kit/secret.ts';
import { fileSecrets } from './secrets.ts';

describe('secrets in files', () => {
  let place = '';
  let folder = '';
  beforeEach(async () => {
    place = await mkdtemp(join(tmpdir(), 'hf-secrets-'));
    folder = join(place, 'local/secrets');
  });
  afterEach(() => rm(place, { recursive: true }));

  const store = (env: Record<string, string> = {}) => fileSecrets({ folder, env, from: place });

  test('what was written is read again, by this process and by the next', async () => {
    await store().write('stripe-key', new Secret('s3cret\nof two lines'));
    expect((await store().read('stripe-key'))?.reveal()).toBe('s3cret\nof two lines');
    expect(await store().read('another')).toBeUndefined();
  });

  test('only the user can read the files, and look into their folder', async () => {
    await store().write('stripe-key', new Secret('s3cret'));
    await store().key();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const file of await readdir(folder)) expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
  });

  test('a line break that an editor left at the end is not part of the value', async () => {
    await store().write('stripe-key', new Secret('x'));
    await writeFile(join(folder, 'stripe-key'), 'by hand\n');
    expect((await store().read('stripe-key'))?.reveal()).toBe('by hand');
  });

  test('a variable of the environment comes before the file', async () => {
    await store().write('stripe-key', new Secret('of the file'));
    const value = await store({ HOLDFAST_SECRET_STRIPE_KEY: 'of the environment' }).read('stripe-key');
    expect(value?.reveal()).toBe('of the environment');
  });

  test('what is empty is no value: a variable of CI that was never filled, a file that was only touched', async () => {
    await store().write('stripe-key', new Secret('of the file'));
    expect((await store({ HOLDFAST_SECRET_STRIPE_KEY: '' }).read('stripe-key'))?.reveal()).toBe('of the file');
    await writeFile(join(folder, 'stripe-key'), '\n');
    expect(await store({ HOLDFAST_SECRET_STRIPE_KEY: '' }).read('stripe-key')).toBeUndefined();
  });

  test('a person is told both places', () => {
    expect(store().whereToPut('stripe-key')).toBe('HOLDFAST_SECRET_STRIPE_KEY, or the file local/secrets/stripe-key');
  });

  test('writing leaves nothing else behind, and replaces the value whole', async () => {
    await store().write('stripe-key', new Secret('a much longer first value'));
    await store().write('stripe-key', new Secret('short'));
    expect(await readdir(folder)).toEqual(['stripe-key']);
    expect(await readFile(join(folder, 'stripe-key'), 'utf8')).toBe('short');
  });

  test('the key is long, and the same ever after', async () => {
    const key = await store().key();
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(await store().key()).toBe(key);
  });

  test('of several processes that make the key at once, all get the same', async () => {
    const module = new URL('./secrets.ts', import.meta.url).href;
    const script = `const { fileSecrets } = await import(${JSON.stringify(module)});
      console.log(await fileSecrets({ folder: ${JSON.stringify(folder)} }).key())`;
    const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
    const keys = (await Promise.all(Array.from({ length: 6 }, run))).map(({ stdout }) => stdout);
    expect(new Set(keys).size).toBe(1);
    expect(await readdir(folder)).toEqual(['.key']);
  });
});
