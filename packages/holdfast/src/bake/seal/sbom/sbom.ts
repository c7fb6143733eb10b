import { sha256 } from '../../../kit/hash.ts';
import type { Digest } from '../../../ports/baked-image.ts';
import type { ImageTree } from '../../../ports/image-tree.ts';
import { alpinePackages } from './alpine.ts';
import type { Component } from './component.ts';
import { debianPackages } from './debian.ts';
import { nodejsIn } from './nodejs.ts';
import { npmPackages } from './npm.ts';
import { osComponent, osReleaseOf } from './release.ts';

/** The image that is described. */
export interface Described {
  /** As the system calls it: `web`. */
  readonly name: string;
  readonly digest: Digest;
  readonly tree: ImageTree;
  /** Seconds since 1970, of the image itself: the same image gives the same document. */
  readonly epoch: number;
}

/** A bill of materials as CycloneDX 1.6 has it (ECMA-424). */
export interface Sbom {
  readonly $schema: string;
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: '1.6';
  readonly serialNumber: string;
  readonly version: 1;
  readonly metadata: {
    readonly timestamp: string;
    readonly tools: { readonly components: readonly { readonly type: 'application'; readonly name: string }[] };
    readonly component: Component;
  };
  /** Sorted by `bom-ref`, each once. */
  readonly components: readonly Component[];
}

/** What is in an image, read from the databases of its package managers. The same image gives the same bytes. */
export async function sbomOf({ name, digest, tree, epoch }: Described): Promise<Sbom> {
  const release = await osReleaseOf(tree);
  const unknown = release ?? { id: 'linux', version: '', name: 'linux' };
  const all = await Promise.all([
    debianPackages(tree, unknown),
    alpinePackages(tree, unknown),
    npmPackages(tree),
    nodejsIn(tree),
  ]);
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(digest)}`,
    version: 1,
    metadata: {
      timestamp: new Date(epoch * 1000).toISOString(),
      tools: { components: [{ type: 'application', name: 'holdfast' }] },
      component: imageComponent(name, digest),
    },
    components: once([...(release ? [osComponent(release)] : []), ...all.flat()]),
  };
}

/** As it is stored, signed and compared. */
export const printSbom = (sbom: Sbom): string => `${JSON.stringify(sbom, undefined, 1)}\n`;

const imageComponent = (name: string, digest: Digest): Component => ({
  type: 'container',
  'bom-ref': digest,
  name,
  version: digest,
  hashes: [{ alg: 'SHA-256', content: digest.slice('sha256:'.length) }],
});

function once(components: readonly Component[]): readonly Component[] {
  const byRef = new Map<string, Component>();
  for (const one of components) byRef.set(one['bom-ref'], { ...byRef.get(one['bom-ref']), ...one });
  return [...byRef.values()].sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1));
}

/** A UUID of version 8 (RFC 9562), which leaves its bits to us. */
function uuidOf(digest: Digest): string {
  const hex = sha256(`holdfast sbom ${digest}`);
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
