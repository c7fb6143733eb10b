import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { PassThrough, type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { randomId } from '../../../../kit/id.ts';
import { Problem } from '../../../../kit/problem.ts';
import { entriesFrom } from '../../../../kit/tar/read.ts';
import type { Slice, TreeEntry } from '../../../../kit/tree.ts';
import type { BakedImage, Digest, LayerBlob } from '../../../../ports/baked-image.ts';
import { attempt } from '../../host/calls.ts';
import type { DockerHost } from '../../host/host.ts';
import { type FoundConfig, settledConfig } from './settled-config.ts';

/**
 * Takes an image out of the engine, whoever made it: its configuration without what tells of this engine, and its layers
 * as uncompressed tars in `scratch`, each with the digest that the configuration says. Throws a Problem where not.
 */
export const exportImage = (
  { docker }: DockerHost,
  reference: string,
  scratch: string,
  signal: AbortSignal,
): Promise<Pick<BakedImage, 'config' | 'layers'>> =>
  attempt(`image ${reference} can't be taken out of the engine`, async () => {
    const folder = join(scratch, `export-${randomId()}`);
    await mkdir(folder);
    const archive = join(folder, 'image.tar');
    const stream = (await docker.getImage(reference).get()) as Readable;
    signal.addEventListener('abort', () => stream.destroy(), { once: true });
    const entries = await entriesFrom(stream, archive).catch(error => {
      signal.throwIfAborted();
      throw error;
    });
    const saved = await savedIn(new Map(entries.map(entry => [entry.path, entry])), reference);
    const layers = await unpacked(saved, reference, folder);
    await rm(archive);
    return { config: settledConfig(saved.config), layers };
  });

interface Saved {
  readonly config: FoundConfig;
  readonly layers: readonly Slice[];
  readonly sizes: readonly number[];
}

/** `manifest.json` leads to configuration and layers, in the format of old engines as in that of new ones. */
async function savedIn(entries: ReadonlyMap<string, TreeEntry>, reference: string): Promise<Saved> {
  const [told] = (await jsonAt(entries, 'manifest.json')) as readonly { Config: string; Layers: readonly string[] }[];
  if (!told) throw unsound(reference, 'manifest.json names no image');
  const layers = told.Layers.map(path => contentAt(entries, path));
  return {
    config: (await jsonAt(entries, told.Config)) as FoundConfig,
    layers: layers.map(({ content }) => content as Slice),
    sizes: layers.map(({ size }) => size),
  };
}

/** Old engines write a layer that is there twice as a link to the first. */
function contentAt(entries: ReadonlyMap<string, TreeEntry>, path: string, hops = 3): TreeEntry {
  const entry = entries.get(path);
  if (entry?.link !== undefined && hops > 0)
    return contentAt(entries, posix.join(entry.type === 'symlink' ? posix.dirname(path) : '', entry.link), hops - 1);
  if (entry?.type === 'file') return entry;
  throw unsound(path, 'it is not in the archive that the engine gave');
}

async function jsonAt(entries: ReadonlyMap<string, TreeEntry>, path: string): Promise<unknown> {
  const { content, size } = contentAt(entries, path);
  if (!content || content instanceof Uint8Array) return JSON.parse(Buffer.from(content ?? []).toString('utf8'));
  return JSON.parse(Buffer.concat(await rangeOf(content, size).toArray()).toString('utf8'));
}

const rangeOf = ({ file, offset }: Slice, size: number): Readable =>
  createReadStream(file, { start: offset, end: offset + size - 1 });

async function unpacked({ config, layers, sizes }: Saved, of: string, folder: string): Promise<readonly LayerBlob[]> {
  const digests = config.rootfs?.diff_ids ?? [];
  if (digests.length !== layers.length)
    throw unsound(of, `${digests.length} layers are told, ${layers.length} are there`);
  const by = (config.history ?? []).filter(one => !one.empty_layer).map(one => one.created_by ?? '');
  const blobs: LayerBlob[] = [];
  for (const [index, digest] of digests.entries()) {
    const slice = layers[index];
    if (!slice) throw unsound(of, `layer ${index + 1} is empty`);
    blobs.push({ ...(await layerOf(slice, sizes[index] ?? 0, digest, folder)), by: by[index] ?? '' });
  }
  return blobs;
}

async function layerOf(slice: Slice, size: number, digest: Digest, folder: string): Promise<Omit<LayerBlob, 'by'>> {
  const hash = createHash('sha256');
  const written = join(folder, randomId());
  const counted = new Transform({
    transform(chunk, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(rangeOf(slice, size), await expanderOf(slice), counted, createWriteStream(written));
  const found = `sha256:${hash.digest('hex')}`;
  if (found !== digest) throw unsound(digest, `its content has the digest ${found}`);
  const file = join(folder, `${digest.replace(':', '-')}.tar`);
  await rename(written, file);
  return { digest, size: (await stat(file)).size, file };
}

/** Where containerd keeps the images, layers are as the registry had them. */
async function expanderOf(slice: Slice): Promise<NodeJS.ReadWriteStream> {
  const magic = Buffer.concat(await rangeOf(slice, 4).toArray()).toString('hex');
  if (magic.startsWith('1f8b')) return createGunzip();
  return magic === '28b52ffd' ? createZstdDecompress() : new PassThrough();
}

const unsound = (what: string, why: string): Problem =>
  new Problem({ what: `${what} is not as the engine says`, why, fix: 'pull or build the image anew' });
