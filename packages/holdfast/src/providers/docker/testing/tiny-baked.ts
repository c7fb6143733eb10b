import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { sha256 } from '../../../kit/hash.ts';
import { randomId } from '../../../kit/id.ts';
import { tarOf } from '../../../kit/tar/write.ts';
import type { BakedImage, LayerBlob } from '../../../ports/baked-image.ts';
import { file } from './small-debian.ts';
import { tinyRoot } from './tiny-image.ts';

/** The tiny image as baking gives it: its root in one layer, the words in another one on top. */
export async function tinyBaked(folder: string, root: string, words: string): Promise<BakedImage> {
  const layers = [
    await layer(folder, await tinyRoot(root, new Date(0))),
    await layer(folder, await buffer(tarOf([file('etc/words', Buffer.from(words))]))),
  ];
  const config = JSON.stringify({
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    created: '2024-01-01T00:00:00Z',
    config: { Env: ['PATH=/bin'], Cmd: ['sh'] },
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
  });
  const configDigest = `sha256:${sha256(config)}` as const;
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: {
      mediaType: 'application/vnd.oci.image.config.v1+json',
      digest: configDigest,
      size: Buffer.byteLength(config),
    },
    layers: layers.map(({ digest, size }) => ({
      mediaType: 'application/vnd.oci.image.layer.v1.tar',
      digest,
      size,
    })),
  });
  return { digest: `sha256:${sha256(manifest)}`, manifest, configDigest, config, layers };
}

async function layer(folder: string, tar: Buffer): Promise<LayerBlob> {
  const path = join(folder, `${randomId()}.tar`);
  await writeFile(path, tar);
  return { digest: `sha256:${sha256(tar)}`, size: tar.length, file: path, by: 'a test' };
}
