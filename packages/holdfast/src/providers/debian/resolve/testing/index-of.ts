import { packageIndex } from '../../index/package-index.ts';
import type { PackageIndex } from '../../index/package-record.ts';

/** A package in a test: its name and version, and the fields that matter there, as in a Packages file. */
export type Stanza = readonly [nameAndVersion: string, fields?: Readonly<Record<string, string>>];

/** An index of packages written down in a test. */
export function indexOf(...stanzas: readonly Stanza[]): PackageIndex {
  const bytes = Buffer.from(stanzas.map(textOf).join('\n'));
  return packageIndex([{ suite: 'bookworm', bytes }]);
}

function textOf([nameAndVersion, fields]: Stanza): string {
  const [name = '', version = ''] = nameAndVersion.split(' ');
  const all = {
    Package: name,
    Version: version,
    Architecture: 'amd64',
    Priority: 'optional',
    Filename: `pool/main/${name}.deb`,
    Size: '1',
    SHA256: '0'.repeat(64),
    ...fields,
  };
  return Object.entries(all)
    .map(([field, value]) => `${field}: ${value}\n`)
    .join('');
}
