import { createHash } from 'node:crypto';
import { mkdtemp, open, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FileHashes } from '../file-hashes.ts';
import { withManifest } from '../layers/compose.ts';
import { storedImages } from './inventory.ts';
import { ImageStore } from './store.ts';
import { verifyStore } from './verify.ts';

const signal = new AbortController().signal;

describe('verifying a store', () => {
  let folder = '';
  let store: ImageStore;
  let layers: Awaited<ReturnType<typeof blob>>[] = [];
  const blob = (text: string) => store.add([Buffer.from(text)].values() as never, text, createHash('sha256'));
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hf-verify-'));
    store = new ImageStore(folder, new FileHashes(join(folder, 'hashes.json')));
    // Large enough for its hash to be remembered.
    layers = [await blob('a'.repeat(300_000)), await blob('small')];
    await store.keepLayer('key', { blob: layers[1] as never, contacted: [] });
    await store.keepImage('one', withManifest('{"of":"one"}', layers));
    await store.keepImage('other', withManifest('{"of":"other"}', layers.slice(0, 1)));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const verified = (only?: ReadonlySet<string>) => verifyStore(folder, only, signal);

  /** As a disk does it: the file has the size and the time that it had. */
  async function flip(path: string): Promise<void> {
    const { atime, mtime } = await stat(path);
    const file = await open(path, 'r+');
    await file.write('b', 100);
    await file.close();
    await utimes(path, atime, mtime);
  }

  test('says that a whole one is whole, and how much was read', async () => {
    expect(await verified()).toEqual({ files: 5, bytes: 300_005, damage: [] });
    expect(await verified(new Set(['other']))).toEqual({ files: 2, bytes: 300_000, damage: [] });
  });

  test('finds a bit that was flipped behind the back of what is remembered, and the next bake sees it too', async () => {
    const [{ file = '' } = {}] = layers;
    expect(await store.image('one')).toBeDefined();
    await flip(file);
    const { damage } = await verified();
    expect(damage).toEqual([{ file, why: expect.stringContaining('bytes'), images: ['one', 'other'] }]);
    expect(await store.image('one')).toBeUndefined();
  });

  test('names a layer that is missing, and a note that is not what was written', async () => {
    const [, { file = '' } = {}] = layers;
    await rm(file);
    const note = join(folder, 'images/other.json');
    await writeFile(note, '{"sum":"0","is":{}}');
    const { damage } = await verified();
    expect(damage.map(one => [one.file, one.images])).toEqual([
      [file, ['one']],
      [note, ['other']],
    ]);
  });

  test('tells a manifest that is not that of its digest, also where the note itself is whole', async () => {
    const image = withManifest('{"of":"forged"}', layers);
    await store.keepImage('forged', { ...image, manifest: image.manifest.replace('layers', 'lairs') });
    const { damage } = await verified(new Set(['forged']));
    expect(damage).toEqual([
      { file: expect.stringContaining('forged'), why: expect.stringContaining('manifest'), images: ['forged'] },
    ]);
  });

  test('blobs that no image names are read too', async () => {
    const { file } = await blob('left over');
    await writeFile(file, 'left out!');
    expect((await verified()).damage).toMatchObject([{ file, images: [] }]);
  });

  test('to look at what is there is no use of it', async () => {
    const path = join(folder, 'images/one.json');
    await utimes(path, 1, 1);
    expect((await storedImages(folder)).map(({ inputs, isThere }) => [inputs, isThere])).toEqual([
      ['one', true],
      ['other', true],
    ]);
    expect((await stat(path)).mtimeMs).toBe(1000);
  });
});
