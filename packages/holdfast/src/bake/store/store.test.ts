import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FileHashes } from '../file-hashes.ts';
import { withManifest } from '../layers/compose.ts';
import { prune } from './prune.ts';
import { ImageStore } from './store.ts';

describe('the store of images', () => {
  let folder = '';
  let store: ImageStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hf-store-'));
    store = openStore();
  });
  afterEach(() => rm(folder, { recursive: true }));

  const openStore = () => new ImageStore(folder, new FileHashes(join(folder, 'hashes.json')));
  const blob = (text: string) => store.add([Buffer.from(text)].values() as never, text, createHash('sha256'));
  const image = async (inputs: string, ...texts: string[]) => {
    const layers = await Promise.all(texts.map(blob));
    await Promise.all(layers.map((one, index) => store.keepLayer(`${inputs}-${index}`, { blob: one, contacted: [] })));
    await store.keepImage(inputs, withManifest(`{"of":"${inputs}"}`, layers));
    return layers;
  };
  const digestOf = async (inputs: string) => (await store.image(inputs))?.digest ?? '';
  const sealOf = (digest: string) => join(folder, 'seals', digest.slice('sha256:'.length));
  const everything = { reachable: new Set<string>(), limit: 0, grace: 0 };

  test('gives back what was kept', async () => {
    const [layer] = await image('one', 'a layer');
    expect(await openStore().image('one')).toMatchObject({ layers: [{ digest: layer?.digest, size: 7 }] });
    expect(await openStore().layer('one-0')).toMatchObject({ blob: { file: layer?.file } });
    expect(await store.image('another')).toBeUndefined();
  });

  test('a layer of which a bit was flipped counts as not there, and can be kept again', async () => {
    const [layer] = await image('one', 'a layer');
    await writeFile(layer?.file ?? '', 'a lbyer');
    expect(await openStore().image('one')).toBeUndefined();
    expect(await openStore().layer('one-0')).toBeUndefined();
    await image('one', 'a layer');
    expect(await openStore().image('one')).toBeDefined();
  });

  test('a note of which a bit was flipped counts as not there', async () => {
    await image('one', 'a layer');
    const path = join(folder, 'images', 'one.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('a layer', 'a lbyer'));
    expect(await store.image('one')).toBeUndefined();
  });

  test('what a reachable release names stays, also what it shares with others', async () => {
    await image('kept', 'shared', 'mine');
    await image('other', 'shared', 'theirs');
    const { removed } = await prune(folder, { ...everything, reachable: new Set(['kept']), now: Date.now() + 1000 });
    expect(removed).toHaveLength(1);
    expect(await store.image('kept')).toBeDefined();
    expect(await store.image('other')).toBeUndefined();
  });

  test('what was not used for longest goes first, and no more than must', async () => {
    const layers = await image('one', 'old layer', 'new layer');
    const old = new Date(0);
    await utimes(layers[0]?.file ?? '', old, old);
    await utimes(join(folder, 'layers', 'one-0.json'), old, old);
    const pruned = await prune(folder, { ...everything, limit: 10, now: Date.now() + 1000 });
    expect(pruned).toMatchObject({ removed: [layers[0]?.file], freed: 9, left: 9 });
  });

  test('what another process may be at stays', async () => {
    await image('one', 'a layer');
    const { removed } = await prune(folder, { ...everything, grace: 600_000, now: Date.now() });
    expect(removed).toEqual([]);
  });

  test('what a process that is gone had in the making goes', async () => {
    const mine = await store.scratch();
    const gone = join(folder, 'tmp', '999999999-x');
    await writeFile(gone, '');
    await prune(folder, { ...everything, now: Date.now() });
    await expect(readFile(gone)).rejects.toThrow('ENOENT');
    await writeFile(join(mine, 'still'), 'there');
  });

  test('a seal goes with its image, and stays where a release names it', async () => {
    for (const name of ['kept', 'other']) {
      await image(name, name);
      await mkdir(sealOf(await digestOf(name)), { recursive: true });
    }
    await mkdir(sealOf(`sha256:${'0'.repeat(64)}`), { recursive: true });
    const gone = await digestOf('other');
    const options = { ...everything, reachable: new Set(['kept']), now: Date.now() + 1000 };
    await prune(folder, { ...options, sealed: new Set([`sha256:${'0'.repeat(64)}` as const]) });
    expect(existsSync(sealOf(gone))).toBe(false);
    expect(existsSync(sealOf(await digestOf('kept')))).toBe(true);
    expect(existsSync(sealOf(`sha256:${'0'.repeat(64)}`))).toBe(true);
  });

  test('a dry run tells what would go, and takes nothing', async () => {
    await image('one', 'a layer');
    await mkdir(sealOf(await digestOf('one')), { recursive: true });
    const options = { ...everything, now: Date.now() + 1000 };
    const told = await prune(folder, { ...options, dryRun: true });
    expect(told.removed).toHaveLength(2);
    expect(await store.image('one')).toBeDefined();
    expect(await prune(folder, { ...options, now: Date.now() + 1000 })).toEqual(told);
  });
});
