import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../../kit/hash.ts';
import { tarOf } from '../../../kit/tar/write.ts';
import type { TreeEntry } from '../../../kit/tree.ts';
import type { BakedImage, LayerBlob } from '../../../ports/baked-image.ts';
import { mediaTypes } from '../format.ts';

/** An image of two small layers in the folder, the upper one with these words. */
export async function tinyBaked(folder: string, words: string): Promise<BakedImage> {
  const layers = [await layer(folder, 'base', 'etc/os', 'none'), await layer(folder, 'words', 'etc/motd', words)];
  const config = JSON.stringify({
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    config: { Cmd: ['/bin/none'], Env: ['WORDS=some'] },
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
    history: layers.map(({ by }) => ({ created_by: `holdfast: ${by}` })),
  });
  const configDigest = `sha256:${sha256(config)}` as const;
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: { mediaType: mediaTypes.config, digest: configDigest, size: Buffer.byteLength(config) },
    layers: layers.map(({ digest, size }) => ({ mediaType: mediaTypes.layer, digest, size })),
  });
  return { digest: `sha256:${sha256(manifest)}`, manifest, configDigest, config, layers };
}

async function layer(folder: string, by: string, path: string, words: string): Promise<LayerBlob> {
  const content = Buffer.from(words);
  const about = { mode: 0o644, uid: 0, gid: 0, mtime: 0 };
  const entries: readonly TreeEntry[] = [
    { ...about, path: 'etc', type: 'directory', mode: 0o755, size: 0 },
    { ...about, path, type: 'file', size: content.length, content },
  ];
  const bytes = Buffer.concat(await Array.fromAsync(tarOf(entries)));
  const hex = createHash('sha256').update(bytes).digest('hex');
  const file = join(folder, hex);
  await writeFile(file, bytes);
  return { digest: `sha256:${hex}`, size: bytes.length, file, by };
}
