import { sha256 } from '../../../kit/hash.ts';
import type { LayerBlob } from '../../../ports/baked-image.ts';
import type { DockerHost } from '../host/host.ts';
import { loadImage } from '../image/load.ts';
import { workshopLabel } from './maker.ts';

/** Brings the layers onto the engine as an image that is nobody's; gives what it goes by. */
export async function layGround(host: DockerHost, layers: readonly LayerBlob[], signal: AbortSignal): Promise<string> {
  const config = JSON.stringify({
    architecture: host.architecture,
    os: 'linux',
    created: '1970-01-01T00:00:00Z',
    config: { Labels: { [workshopLabel]: '{}' } },
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
  });
  const hex = sha256(config);
  const tag = `holdfast/workshop:${hex.slice(0, 12)}`;
  await loadImage(host, { config, configDigest: `sha256:${hex}`, layers }, [tag], signal);
  return tag;
}
