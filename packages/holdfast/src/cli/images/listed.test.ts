import { expect, test } from 'vitest';
import type { StoredImage } from '../../bake/store/inventory.ts';
import { unknownInputs } from './collection.ts';
import type { ImageFact } from './image-facts.ts';
import { listImages } from './listed.ts';

const stored = (inputs: string, isThere = true): StoredImage => ({
  inputs,
  isThere,
  image: {
    digest: `sha256:${inputs}`,
    manifest: '',
    configDigest: 'sha256:',
    config: '',
    layers: [{ digest: 'sha256:', size: 7, file: '', by: '' }],
  },
});

const fact = (kind: ImageFact['kind'], name: string, inputs: string, at = '2026-11-24'): ImageFact => ({
  kind,
  at,
  name,
  inputs,
  digest: `sha256:${inputs}`,
  contacted: [],
});

const nothing = {
  declared: [],
  stored: [],
  facts: [],
  releases: [],
  sealOf: async () => ({ is: 'none' }) as const,
};

test('what is declared comes first, then what there was, newest first', async () => {
  const list = await listImages({
    ...nothing,
    declared: [{ name: 'web', inputs: 'c' }],
    stored: ['a', 'b', 'c'].map(inputs => stored(inputs)),
    facts: [fact('image.baked', 'web', 'b', '2026-11-23'), fact('image.baked', 'web', 'a', '2026-11-22')],
    releases: [
      { number: 3, images: [{ name: 'web', inputs: 'c' }] },
      { number: 2, images: [{ name: 'web', inputs: 'a' }] },
      { number: 1, images: [{ name: 'web', inputs: 'a' }] },
    ],
  });
  expect(list.map(({ digest, declared, releases }) => [digest, declared, releases])).toEqual([
    ['sha256:c', true, [3]],
    ['sha256:b', false, []],
    ['sha256:a', false, [2, 1]],
  ]);
  expect(list[0]).toMatchObject({ size: 7, layers: 1, stored: true, seal: 'none' });
});

test('other inputs that gave the same image are one line', async () => {
  const same = { ...stored('b'), image: stored('a').image };
  const list = await listImages({
    ...nothing,
    declared: [{ name: 'web', inputs: 'b' }],
    stored: [stored('a'), same],
    facts: [fact('image.baked', 'web', 'a')],
    releases: [{ number: 1, images: [{ name: 'web', inputs: 'a' }] }],
  });
  expect(list).toMatchObject([{ digest: 'sha256:a', declared: true, releases: [1] }]);
});

test('what a release has and the store has no longer is told; what nobody has any more is not', async () => {
  const list = await listImages({
    ...nothing,
    facts: [fact('image.baked', 'web', 'gone'), fact('image.baked', 'web', 'released')],
    releases: [{ number: 1, images: [{ name: 'web', inputs: 'released' }] }],
  });
  expect(list).toMatchObject([{ digest: 'sha256:released', stored: false, releases: [1] }]);
});

test('the last word about a seal counts, and no image whose inputs are not known is in a release', async () => {
  const refused = await listImages({
    ...nothing,
    declared: [{ name: 'web', inputs: 'a' }],
    stored: [stored('a')],
    facts: [fact('image.refused', 'web', 'a'), fact('image.sealed', 'web', 'a')],
  });
  expect(refused).toMatchObject([{ seal: 'refused' }]);
  const image = { name: 'web', inputs: unknownInputs };
  const unknown = await listImages({ ...nothing, declared: [image], releases: [{ number: 1, images: [image] }] });
  expect(unknown).toMatchObject([{ declared: true, releases: [], stored: false }]);
});
