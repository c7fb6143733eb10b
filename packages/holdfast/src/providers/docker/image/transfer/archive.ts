import type { TreeEntry } from '../../../../kit/tree.ts';
import type { BakedImage, LayerBlob } from '../../../../ports/baked-image.ts';

/** What the archive of an image is made of. */
export type Archived = Pick<BakedImage, 'config' | 'configDigest' | 'layers'> &
  Partial<Pick<BakedImage, 'manifest' | 'digest'>>;

/**
 * An image as `docker load` takes it: `manifest.json`, which every engine reads, beside an OCI layout (image-spec 1.1),
 * from which containerd's image store takes the digest. Only the layers that are `carried` are in it.
 */
export function archiveOf(
  image: Archived,
  tags: readonly string[],
  carried: readonly LayerBlob[],
): readonly TreeEntry[] {
  const told = [
    { Config: blob(image.configDigest), RepoTags: tags, Layers: image.layers.map(one => blob(one.digest)) },
  ];
  const blobs = new Map(carried.map(layer => [layer.digest, layer]));
  return [
    text('manifest.json', JSON.stringify(told)),
    text(blob(image.configDigest), image.config),
    ...layoutOf(image, tags),
    ...[...blobs.values()].map(({ digest, size, file }) => entry(blob(digest), size, { file, offset: 0 })),
  ];
}

function layoutOf({ digest, manifest }: Archived, tags: readonly string[]): readonly TreeEntry[] {
  if (!digest || manifest === undefined) return [];
  const told = { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest, size: Buffer.byteLength(manifest) };
  const manifests = tags.map(tag => ({ ...told, annotations: { 'io.containerd.image.name': `docker.io/${tag}` } }));
  return [
    text('oci-layout', JSON.stringify({ imageLayoutVersion: '1.0.0' })),
    text('index.json', JSON.stringify({ schemaVersion: 2, manifests })),
    text(blob(digest), manifest),
  ];
}

const blob = (digest: string): string => `blobs/${digest.replace(':', '/')}`;

const entry = (path: string, size: number, content: NonNullable<TreeEntry['content']>): TreeEntry => ({
  path,
  type: 'file',
  mode: 0o644,
  uid: 0,
  gid: 0,
  mtime: 0,
  size,
  content,
});

const text = (path: string, words: string): TreeEntry => entry(path, Buffer.byteLength(words), Buffer.from(words));
