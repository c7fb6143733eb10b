import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Problem } from '../../../kit/problem.ts';
import { tinyBaked } from '../testing/tiny-baked.ts';
import { blobPath } from './blobs.ts';
import { ociLayout } from './layout.ts';
import { readLayout } from './read-layout.ts';

const signal = new AbortController().signal;

function ground() {
  const folder = mkdtempSync(join(tmpdir(), 'hf-layout-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'store'));
  return { store: join(folder, 'store'), layout: join(folder, 'layout') };
}

const failure = (work: Promise<unknown>): Promise<Problem> =>
  work.then(
    () => expect.fail('it went well'),
    error => (error instanceof Problem ? error : Promise.reject(error)),
  );

describe('an OCI layout', () => {
  test('gives back what was put there, by its tag, whatever else is', async () => {
    const { store, layout } = ground();
    const [one, two] = [await tinyBaked(store, 'one'), await tinyBaked(store, 'two')];
    expect(await ociLayout(layout).put(one, '1', signal)).toBe(`oci:${layout}:1`);
    await ociLayout(layout).put(two, '2', signal);
    for (const [tag, image] of Object.entries({ 1: one, 2: two })) {
      const read = await readLayout(layout, tag, signal);
      const layers = image.layers.map(layer => ({ ...layer, file: blobPath(layout, layer.digest) }));
      expect(read).toEqual({ ...image, layers });
    }
  });

  test('is as the specification has it', async () => {
    const { store, layout } = ground();
    const image = await tinyBaked(store, 'one');
    await ociLayout(layout).put(image, 'v1.0', signal);
    expect(JSON.parse(readFileSync(join(layout, 'oci-layout'), 'utf8'))).toEqual({ imageLayoutVersion: '1.0.0' });
    expect(JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8'))).toEqual({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: [
        {
          mediaType: 'application/vnd.oci.image.manifest.v1+json',
          digest: image.digest,
          size: Buffer.byteLength(image.manifest),
          platform: { architecture: expect.any(String), os: 'linux' },
          annotations: { 'org.opencontainers.image.ref.name': 'v1.0' },
        },
      ],
    });
    const names = [image.digest, image.configDigest, ...image.layers.map(({ digest }) => digest)];
    expect(readdirSync(join(layout, 'blobs/sha256')).sort()).toEqual(names.map(name => name.slice(7)).sort());
    expect(statSync(blobPath(layout, image.layers[0]?.digest ?? image.digest)).nlink).toBe(2);
  });

  test('moves a tag to the image that was put there last, and takes the same one twice', async () => {
    const { store, layout } = ground();
    const two = await tinyBaked(store, 'two');
    for (const image of [await tinyBaked(store, 'one'), two, two]) await ociLayout(layout).put(image, 'latest', signal);
    expect((await readLayout(layout, 'latest', signal)).digest).toBe(two.digest);
    expect(JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8')).manifests.length).toBe(1);
  });

  test('loses none of those that are put there at once, nor waits for one that was killed', async () => {
    const { store, layout } = ground();
    mkdirSync(layout);
    writeFileSync(join(layout, 'index.json.lock'), '');
    utimesSync(join(layout, 'index.json.lock'), 1, 1);
    const tags = Array.from({ length: 12 }, (_, number) => `v${number}`);
    const image = await tinyBaked(store, 'one');
    await Promise.all(tags.map(tag => ociLayout(layout).put(image, tag, signal)));
    for (const tag of tags) expect((await readLayout(layout, tag, signal)).digest).toBe(image.digest);
  });

  test('refuses what was changed in it, until it is put there again', async () => {
    const { store, layout } = ground();
    const image = await tinyBaked(store, 'one');
    await ociLayout(layout).put(image, '1', signal);
    for (const digest of [image.digest, image.configDigest]) {
      writeFileSync(
        blobPath(layout, digest),
        readFileSync(blobPath(layout, digest), 'utf8').replace('linux', 'linus').replace('2', '3'),
      );
      expect((await failure(readLayout(layout, '1', signal))).message).toContain('missing or damaged');
      await ociLayout(layout).put(image, '1', signal);
    }
    rmSync(blobPath(layout, image.layers[1]?.digest ?? image.digest));
    expect((await failure(readLayout(layout, '1', signal))).message).toContain('missing or damaged');
    await ociLayout(layout).put(image, '1', signal);
    expect((await readLayout(layout, '1', signal)).digest).toBe(image.digest);
  });

  test('says what is there, and what is no tag', async () => {
    const { store, layout } = ground();
    await ociLayout(layout).put(await tinyBaked(store, 'one'), '1', signal);
    const { parts } = await failure(readLayout(layout, '2', signal));
    expect([parts.what, parts.why]).toEqual(["there is no image '2' in the OCI layout", 'there are 1']);
    const bad = await failure(ociLayout(layout).put(await tinyBaked(store, 'one'), 'a/b', signal));
    expect([bad.exit, bad.message]).toEqual([2, "'a/b' is no tag"]);
  });

  test('never replaces an index that is not understood', async () => {
    const { store, layout } = ground();
    mkdirSync(layout);
    writeFileSync(join(layout, 'index.json'), '{"mine":1}');
    expect((await failure(ociLayout(layout).put(await tinyBaked(store, 'one'), '1', signal))).exit).toBe(2);
    expect(readFileSync(join(layout, 'index.json'), 'utf8')).toBe('{"mine":1}');
    expect(readdirSync(layout)).not.toContain('index.json.lock');
  });
});
