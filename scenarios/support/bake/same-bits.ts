import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandLine } from '../../harness.ts';
import { bake, complaints, digestsOf } from './baked.ts';
import { explained } from './explained.ts';

/** Somewhere to bake, and the store that this fills. */
export interface Place extends Pick<CommandLine, 'holdfast'> {
  readonly store: string;
}

/** Bakes at both places, and all digests are the same; where not, diffoscope tells what is other in the layers. */
export async function sameBits(one: Place, other: Place, images: readonly string[], say: (line: string) => void) {
  const [first, second] = [await baked(one, images, say), await baked(other, images, say)];
  if (JSON.stringify(first) !== JSON.stringify(second)) await explain(one.store, other.store, say);
  assert.deepEqual(second, first);
  return first;
}

async function baked(place: Place, images: readonly string[], say: (line: string) => void) {
  const since = performance.now();
  const baked = await bake(place, '--no-seal', '--locked', ...images);
  assert.deepEqual(complaints(baked), []);
  assert.ok(baked.images.length > 0);
  say(`${baked.images.length} images in ${((performance.now() - since) / 1000).toFixed(1)} s`);
  return digestsOf(baked);
}

interface Layer {
  readonly digest: string;
  readonly by: string;
}

/** By what made it, the layers of a store. */
async function layersIn(store: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const name of await readdir(join(store, 'images'))) {
    const { is } = JSON.parse(await readFile(join(store, 'images', name), 'utf8')) as {
      readonly is: { readonly layers: readonly Layer[] };
    };
    for (const { by, digest } of is.layers) found.set(by, digest);
  }
  return found;
}

async function explain(store: string, other: string, say: (line: string) => void): Promise<void> {
  const [these, those] = [await layersIn(store), await layersIn(other)];
  const blob = (of: string, digest: string): string => join(of, 'blobs/sha256', digest.slice('sha256:'.length));
  for (const [by, digest] of these) {
    const second = those.get(by);
    if (second === undefined || second === digest) continue;
    say(`${by} came out otherwise: ${digest} and ${second}`);
    say(await explained(blob(store, digest), blob(other, second)));
  }
}
