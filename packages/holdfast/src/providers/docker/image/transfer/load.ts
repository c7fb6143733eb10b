import { posix } from 'node:path';
import { Readable } from 'node:stream';
import { tarOf } from '../../../../kit/tar/write.ts';
import type { LayerBlob } from '../../../../ports/baked-image.ts';
import { unlessGone } from '../../host/calls.ts';
import type { DockerHost } from '../../host/host.ts';
import { linesOf } from '../../lines.ts';
import { nameAndTag } from '../reference.ts';
import { type Archived, archiveOf } from './archive.ts';

/**
 * Brings an image onto the engine under these tags, without the layers that it has: 20 KB in place of hundreds of
 * megabytes. The tags are there when the whole image is, or not at all.
 */
export async function loadImage(
  host: DockerHost,
  image: Archived,
  tags: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const lacking = image.layers.slice(host.sharesLayers ? await depthOf(host, image.layers, tags) : 0);
  if (lacking.length === image.layers.length) return load(host, image, tags, lacking, signal);
  await load(host, image, tags, lacking, signal).catch(error => {
    signal.throwIfAborted();
    // What held the lower layers may have gone since it was looked at.
    return load(host, image, tags, image.layers, signal).catch(() => Promise.reject(error));
  });
}

async function load(
  { docker }: DockerHost,
  image: Archived,
  tags: readonly string[],
  carried: readonly LayerBlob[],
  signal: AbortSignal,
): Promise<void> {
  const archive = Readable.from(tarOf(archiveOf(image, tags, carried)));
  const answer = await docker.loadImage(archive, { quiet: true, abortSignal: signal });
  for await (const line of linesOf(answer as AsyncIterable<Uint8Array>)) refuseError(line);
}

function refuseError(line: string): void {
  const { error } = (line ? JSON.parse(line) : {}) as { readonly error?: string };
  if (error !== undefined) throw new Error(error);
}

/** How many of the layers, from the lowest, some image of ours on the engine has too; or one that stands beside it. */
async function depthOf({ docker }: DockerHost, layers: readonly LayerBlob[], tags: readonly string[]): Promise<number> {
  const beside = tags.map(tag => posix.join(posix.dirname(nameAndTag(tag).repo), '*'));
  const reference = ['holdfast/*', 'holdfast/*/*/*', ...beside];
  const ids = new Set((await docker.listImages({ filters: { reference } })).map(({ Id }) => Id));
  const chains = await Promise.all([...ids].map(id => unlessGone(() => docker.getImage(id).inspect())));
  return Math.max(0, ...chains.map(found => sharedDepth(found?.RootFS?.Layers ?? [], layers)));
}

function sharedDepth(chain: readonly string[], layers: readonly LayerBlob[]): number {
  const differs = layers.findIndex(({ digest }, index) => chain[index] !== digest);
  return differs < 0 ? layers.length : differs;
}
