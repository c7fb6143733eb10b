import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { sha256 } from '../../../kit/hash.ts';
import { randomId } from '../../../kit/id.ts';
import { tarOf } from '../../../kit/tar/write.ts';
import type { LayerBlob } from '../../../ports/baked-image.ts';
import type { Architecture } from '../../../ports/distribution.ts';
import type { Site } from '../../../ports/workshop.ts';
import { unless, unlessGone } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';
import { nameAndTag } from '../image/reference.ts';
import { loadImage } from '../image/transfer/load.ts';
import { workshopLabel } from '../labels.ts';
import { keeperTree } from './keeper.ts';

/**
 * Brings the layers and the keeper onto the engine as an image that is nobody's; gives what it goes by. It stays, so that
 * the next work on these layers, or on more on top of them, need not bring them again.
 */
export async function layGround(
  host: DockerHost,
  architecture: Architecture,
  { layers, scratch }: Site,
  signal: AbortSignal,
): Promise<string> {
  const all = [...layers, await keeperLayer(architecture, scratch)];
  const config = JSON.stringify({
    architecture,
    os: 'linux',
    created: '1970-01-01T00:00:00Z',
    config: { Labels: { [workshopLabel]: '{}' } },
    rootfs: { type: 'layers', diff_ids: all.map(({ digest }) => digest) },
  });
  const hex = sha256(config);
  const tag = `holdfast/workshop:${hex.slice(0, 12)}`;
  const isThere = (await host.docker.listImages({ filters: { reference: [tag] } })).length > 0;
  if (!isThere) await loadImage(host, { config, configDigest: `sha256:${hex}`, layers: all }, [tag], signal);
  // Loading leaves no trace of when; tagging does, also where the tag is there.
  await host.docker.getImage(tag).tag(nameAndTag(tag));
  return tag;
}

async function keeperLayer(architecture: Architecture, scratch: string): Promise<LayerBlob> {
  const tar = await buffer(tarOf(keeperTree(architecture)));
  const file = join(scratch, `keeper-${randomId()}.tar`);
  await writeFile(file, tar);
  return { digest: `sha256:${sha256(tar)}`, size: tar.length, file, by: 'workshop' };
}

interface Tagged {
  readonly Metadata?: { readonly LastTagTime?: string };
}

const day = 24 * 60 * 60 * 1000;

/** Takes away the grounds that nobody laid for a day. */
export async function forgetGrounds({ docker }: DockerHost): Promise<void> {
  const found = await docker.listImages({ filters: { reference: ['holdfast/workshop'] } });
  for (const { Id } of found) {
    const looked = await unlessGone(() => docker.getImage(Id).inspect());
    const last = Date.parse((looked as Tagged | undefined)?.Metadata?.LastTagTime ?? '');
    if (last > 0 && Date.now() - last > day)
      await unless([404, 409], () => docker.getImage(Id).remove({ force: true }));
  }
}
