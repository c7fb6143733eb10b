import type { ImageTree } from '../../../ports/image-tree.ts';
import { textAt } from '../examine/tree-facts.ts';
import type { Component } from './component.ts';

/** Which distribution an image is of. */
export interface OsRelease {
  /** `debian`, `alpine`. */
  readonly id: string;
  /** `12`; empty where it has none. */
  readonly version: string;
  readonly name: string;
}

/** Reads os-release(5); undefined where the image has none. */
export async function osReleaseOf(tree: ImageTree): Promise<OsRelease | undefined> {
  const text = (await textAt(tree, 'etc/os-release')) || (await textAt(tree, 'usr/lib/os-release'));
  const fields = new Map(
    text.split('\n').flatMap(line => {
      const [, key, value] = /^([A-Z_]+)=["']?(.*?)["']?$/.exec(line.trim()) ?? [];
      return key === undefined || value === undefined ? [] : [[key, value] as const];
    }),
  );
  const id = fields.get('ID');
  return id === undefined
    ? undefined
    : { id, version: fields.get('VERSION_ID') ?? '', name: fields.get('PRETTY_NAME') ?? id };
}

/** `debian-12`. */
export const distroOf = ({ id, version }: OsRelease): string => (version ? `${id}-${version}` : id);

export const osComponent = (release: OsRelease): Component => ({
  type: 'operating-system',
  'bom-ref': `os:${distroOf(release)}`,
  name: release.id,
  version: release.version,
  properties: [{ name: 'holdfast:os:name', value: release.name }],
});
