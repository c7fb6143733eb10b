import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { BakedImage } from '../../../ports/baked-image.ts';
import type { ImageOutlet } from '../../../ports/image-outlet.ts';
import { checkedTag, configForm, type Descriptor, mediaTypes } from '../format.ts';
import { type Blob, bringBlob } from './blobs.ts';
import { tagInIndex } from './index-file.ts';

/**
 * A folder in OCI's image layout (image-spec 1.1, image-layout), which skopeo, podman and others read: `put` returns
 * `oci:FOLDER:TAG`, as they name it. Several images, also of several processes, may be put into one folder. A layer is a
 * hard link to the store's own file where that can be.
 */
export function ociLayout(folder: string): ImageOutlet {
  const place = resolve(folder);
  return {
    async put(image, tag, signal) {
      checkedTag(tag);
      await mkdir(place, { recursive: true });
      await writeFile(join(place, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
      for (const blob of blobsOf(image)) await bringBlob(place, blob, signal);
      await tagInIndex(place, tag, descriptorOf(image), signal);
      return `oci:${place}:${tag}`;
    },
  } satisfies ImageOutlet;
}

/** The manifest last: it is there only when all that it names is. */
const blobsOf = ({ digest, manifest, configDigest, config, layers }: BakedImage): readonly Blob[] => [
  ...layers.map(({ digest, size, file }) => ({ digest, size, from: { file } })),
  { digest: configDigest, size: Buffer.byteLength(config), from: { text: config } },
  { digest, size: Buffer.byteLength(manifest), from: { text: manifest } },
];

function descriptorOf({ digest, manifest, config }: BakedImage): Descriptor {
  const { architecture, os } = configForm.parse(JSON.parse(config));
  return { mediaType: mediaTypes.manifest, digest, size: Buffer.byteLength(manifest), platform: { architecture, os } };
}
