import { sha256 } from '../../kit/hash.ts';
import { canonical } from '../../kit/json.ts';
import type { ImageConfig } from '../../model/spec/recipe.ts';
import type { BakedImage, LayerBlob } from '../../ports/baked-image.ts';
import type { Architecture } from '../../ports/distribution.ts';

export interface Composition {
  readonly architecture: Architecture;
  readonly config: ImageConfig;
  /** Lowest first. */
  readonly layers: readonly LayerBlob[];
  /** Seconds since 1970. */
  readonly epoch: number;
}

const mediaTypes = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
} as const;

/** Configuration and manifest of an image (OCI image-spec 1.1): the same layers and settings give the same bytes. */
export function compose(composition: Composition): BakedImage {
  const config = canonical(configOf(composition));
  return withManifest(config, composition.layers);
}

/** The image of a configuration that is given byte by byte. */
export function withManifest(config: string, layers: readonly LayerBlob[]): BakedImage {
  const configDigest = `sha256:${sha256(config)}` as const;
  const manifest = canonical({
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: { mediaType: mediaTypes.config, digest: configDigest, size: Buffer.byteLength(config) },
    layers: layers.map(({ digest, size }) => ({ mediaType: mediaTypes.layer, digest, size })),
  });
  return { digest: `sha256:${sha256(manifest)}`, manifest, configDigest, config, layers };
}

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

function configOf({ architecture, config, layers, epoch }: Composition): unknown {
  const created = new Date(epoch * 1000).toISOString().replace('.000Z', 'Z');
  return {
    architecture,
    os: 'linux',
    created,
    config: containerConfig(config),
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
    history: layers.map(({ by }) => ({ created, created_by: `holdfast: ${by}` })),
  };
}

function containerConfig({ user, env, entrypoint, command, workdir, labels, ports, stopSignal }: ImageConfig): unknown {
  return {
    Env: Object.entries({ PATH: path, ...env }).map(([key, value]) => `${key}=${value}`),
    ...(user !== undefined && { User: user }),
    ...(entrypoint && { Entrypoint: entrypoint }),
    ...(command && { Cmd: command }),
    ...(workdir !== undefined && { WorkingDir: workdir }),
    ...(stopSignal !== undefined && { StopSignal: stopSignal }),
    ...(Object.keys(labels).length > 0 && { Labels: labels }),
    ...(ports.length > 0 && { ExposedPorts: Object.fromEntries(ports.map(port => [`${port}/tcp`, {}])) }),
  };
}
