import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sha256 } from '../../../kit/hash.ts';
import { tinyRoot } from './tiny-image.ts';

interface Part {
  readonly type: string;
  readonly digest: string;
  readonly bytes: Buffer;
}

const types = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
} as const;

/**
 * A registry on this machine that can be read from: one image, for one platform as images for several are kept, under
 * every repository and every tag that is asked for.
 */
export async function openTinyRegistry(words: string) {
  const parts = await partsOf(words);
  const [index] = parts;
  const asked: string[] = [];
  const server = createServer(({ method, url = '' }, response) => {
    asked.push(`${method} ${url}`);
    const last = url.split('/').at(-1) ?? '';
    const isTag = url.includes('/manifests/') && !last.startsWith('sha256:');
    const found = isTag ? index : parts.find(({ digest }) => digest === last);
    if (!found) return void response.writeHead(url === '/v2/' ? 200 : 404).end();
    const { type, digest, bytes } = found;
    response.writeHead(200, {
      'content-type': type,
      'content-length': bytes.length,
      'docker-content-digest': digest,
    });
    response.end(method === 'HEAD' ? undefined : bytes);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What the image is pinned by. */
    digest: index.digest,
    /** All requests so far. */
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

const platform = { architecture: process.arch === 'x64' ? 'amd64' : process.arch, os: 'linux' };

/** The words make the image another one, layers and all: tests that run at once must not share one on the engine. */
async function partsOf(words: string): Promise<readonly [Part, ...Part[]]> {
  const layer = part(types.layer, await tinyRoot(words));
  const rootfs = { type: 'layers', diff_ids: [layer.digest] };
  const config = json(types.config, { ...platform, config: { Cmd: ['sh'] }, rootfs });
  const manifest = json(types.manifest, { config: told(config), layers: [told(layer)] });
  const index = json(types.index, { manifests: [{ ...told(manifest), platform }] });
  return [index, manifest, config, layer];
}

const part = (type: string, bytes: Buffer): Part => ({ type, bytes, digest: `sha256:${sha256(bytes)}` });

const json = (type: string, value: object): Part =>
  part(type, Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: type, ...value })));

const told = ({ type, digest, bytes }: Part) => ({ mediaType: type, digest, size: bytes.length });
