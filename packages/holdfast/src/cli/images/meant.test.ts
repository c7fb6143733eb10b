import { expect, test } from 'vitest';
import type { StoredImage } from '../../bake/store/inventory.ts';
import type { Digest } from '../../ports/baked-image.ts';
import type { Collection } from './collection.ts';
import type { ImageFact } from './image-facts.ts';
import { imageMeant, inputsNamed } from './meant.ts';

const stored = (inputs: string, hex: string, isThere = true): StoredImage => ({
  inputs,
  isThere,
  image: {
    digest: `sha256:${hex.padEnd(64, '0')}` satisfies Digest,
    manifest: '',
    configDigest: 'sha256:',
    config: '',
    layers: [],
  },
});

const fact = (name: string, inputs: string): ImageFact => ({
  kind: 'image.baked',
  at: '',
  name,
  inputs,
  digest: '',
  contacted: [],
});

const collection = (known: Partial<Collection>): Collection =>
  ({ declared: [], stored: [], facts: [], releases: [], ...known }) as unknown as Collection;

const all = collection({
  declared: [
    { name: 'web', inputs: 'now' },
    { name: 'db', inputs: 'never baked' },
    { name: 'beef', inputs: 'beef' },
  ],
  facts: [fact('db', 'gone'), fact('db', 'before'), fact('old', 'old')],
  stored: [
    stored('now', 'aaaa1'),
    stored('before', 'aaaa2'),
    stored('old', 'cccc'),
    stored('beef', '1234'),
    stored('others', 'beef'),
    stored('half', 'dddd', false),
  ],
});

test.each([
  ['web', 'now'],
  // Not baked as it is declared now: as it was baked last, and is still there.
  ['db', 'before'],
  // Declared no more.
  ['old', 'old'],
  // A name goes before a digest.
  ['beef', 'beef'],
  ['sha256:beef', 'others'],
  ['cccc', 'old'],
])('%s means the image of inputs %s', async (asked, inputs) => {
  expect(await imageMeant(asked, all)).toMatchObject({ asked, inputs });
});

test.each([
  ['aaaa', 2, 'give more of the digest'],
  ['wep', 2, 'did you mean web?'],
  ['ffff', 2, 'name an image'],
  ['dddd', 1, 'holdfast bake'],
])('%s is refused with %i', async (asked, exit, fix) => {
  await expect(imageMeant(asked, all)).rejects.toMatchObject({ exit, parts: { fix: expect.stringContaining(fix) } });
});

test('all that goes by a name is verified, and all that begins with a digest', () => {
  expect(inputsNamed('db', all)).toEqual(['never baked', 'gone', 'before']);
  expect(inputsNamed('aaaa', all)).toEqual(['now', 'before']);
  expect(() => inputsNamed('nobody', all)).toThrow(expect.objectContaining({ exit: 2 }));
});
