import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { type Told, treeWith } from '../testing/tree.ts';
import { printSbom, type Sbom, sbomOf } from './sbom.ts';

const digest = `sha256:${'ab'.repeat(32)}` as const;

/** The official schema, with those that it refers to. */
const schemas = join(
  dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json')),
  'res/schema',
);
const schema = (name: string): object =>
  JSON.parse(readFileSync(join(schemas, `${name}.SNAPSHOT.schema.json`), 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: true });
for (const name of ['spdx', 'jsf-0.82'])
  ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
formats.default(ajv);
// ajv-formats has no international ones.
ajv.addFormat('iri-reference', true).addFormat('idn-email', true);
const isValid = ajv.compile(schema('bom-1.6'));

async function sbomWith(told: Readonly<Record<string, Told>>): Promise<Sbom> {
  await using tree = await treeWith(told);
  const sbom = await sbomOf({ name: 'web', digest, tree, epoch: 1_700_000_000 });
  isValid(JSON.parse(printSbom(sbom)));
  expect(isValid.errors ?? []).toEqual([]);
  return sbom;
}

const versions = ({ components }: Sbom) => components.map(({ name, version }) => `${name} ${version}`);

describe('a bill of materials', () => {
  test('of this machine’s packages agrees with dpkg-query, name by name and version by version', async () => {
    const fields = ['db:Status-Status', 'Package', 'Version', 'Architecture', 'source:Package', 'source:Version'];
    const format = `${fields.map(field => `\${${field}}`).join(' ')}\n`;
    const { stdout } = await promisify(execFile)('dpkg-query', ['-W', '-f', format], { maxBuffer: 2 ** 24 });
    const rows = stdout
      .split('\n')
      .filter(line => line.startsWith('installed '))
      .map(line => line.split(' ').slice(1));
    const sbom = await sbomWith({
      'etc/os-release': readFileSync('/etc/os-release'),
      'var/lib/dpkg/status': readFileSync('/var/lib/dpkg/status'),
      ...Object.fromEntries(
        readdirSync('/usr/share/doc').flatMap(name => {
          const path = `usr/share/doc/${name}/copyright`;
          try {
            return [[path, readFileSync(`/${path}`)] as const];
          } catch {
            return [];
          }
        }),
      ),
    });
    const told = sbom.components
      .filter(({ purl }) => purl?.startsWith('pkg:deb/debian/'))
      .map(one => {
        const arch = /arch=([^&]+)/.exec(one.purl ?? '')?.[1] ?? '';
        return [one.name, one.version, arch, ...(one.properties?.[0]?.value.split(' ') ?? [])];
      });
    expect(rows.length).toBeGreaterThan(50);
    expect(told.map(String).sort()).toEqual(rows.map(String).sort());
    expect(sbom.components.some(({ licenses }) => JSON.stringify(licenses ?? '').includes('GPL'))).toBe(true);
  });

  test('leaves out what is not installed, and reads one file a package too', async () => {
    const sbom = await sbomWith({
      'usr/lib/os-release': 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
      'etc/os-release': { type: 'symlink', link: '../usr/lib/os-release' },
      'var/lib/dpkg/status': 'Package: gone\nStatus: deinstall ok config-files\nVersion: 1\nArchitecture: all\n',
      'var/lib/dpkg/status.d/libstdc++6':
        'Package: libstdc++6\nVersion: 1:12.2~rc+1\nArchitecture: amd64\nSource: gcc-12\n',
      'var/lib/dpkg/status.d/libstdc++6.md5sums': 'Package: no\nVersion: 1\n',
    });
    expect(sbom.components.map(one => one['bom-ref'])).toEqual([
      'os:debian-12',
      'pkg:deb/debian/libstdc%2B%2B6@1:12.2~rc%2B1?arch=amd64&distro=debian-12',
    ]);
    expect(sbom.components[1]?.properties).toEqual([{ name: 'holdfast:deb:source', value: 'gcc-12 1:12.2~rc+1' }]);
  });

  test('has npm packages, nested ones and scopes, with the hash of what was fetched', async () => {
    const integrity = `sha512-${Buffer.alloc(64, 7).toString('base64')}`;
    const sbom = await sbomWith({
      'app/package.json': '{"name":"app","version":"1.0.0"}',
      'app/package-lock.json': JSON.stringify({ packages: { 'node_modules/zod': { integrity } } }),
      'app/node_modules/zod/package.json': '{"name":"zod","version":"4.6.7","license":"MIT"}',
      'app/node_modules/zod/v4/package.json': '{"type":"module"}',
      'app/node_modules/@scope/one/package.json':
        '{"name":"@scope/one","version":"1.2.3-rc.1+b","license":"SEE LICENSE IN x"}',
      'app/node_modules/@scope/one/node_modules/zod/package.json': '{"name":"zod","version":"3.0.0"}',
      'other/node_modules/zod/package.json': '{"name":"zod","version":"4.6.7"}',
      'other/node_modules/broken/package.json': '{"name":',
      'other/node_modules/nameless/package.json': '{"version":"1.0.0"}',
    });
    expect(sbom.components.map(one => one['bom-ref'])).toEqual([
      'pkg:npm/%40scope/one@1.2.3-rc.1%2Bb',
      'pkg:npm/zod@3.0.0',
      'pkg:npm/zod@4.6.7',
    ]);
    expect(sbom.components[2]?.hashes).toEqual([{ alg: 'SHA-512', content: '07'.repeat(64) }]);
    expect(sbom.components[2]?.licenses).toEqual([{ expression: 'MIT' }]);
  });

  test('has the Node.js that runs this test, by what the program itself tells', async () => {
    const sbom = await sbomWith({ 'usr/local/bin/node': readFileSync(process.execPath) });
    expect(versions(sbom)).toEqual([`nodejs ${process.versions.node}`]);
  });

  test('has what apk installed', async () => {
    const sbom = await sbomWith({
      'etc/os-release': 'ID=alpine\nVERSION_ID=3.20.1\nPRETTY_NAME="Alpine Linux v3.20"\n',
      'lib/apk/db/installed': [
        'C:Q1abc=\nP:musl\nV:1.2.5-r0\nA:x86_64\nL:MIT\no:musl\nF:lib\nR:ld-musl-x86_64.so.1\na:0:0:755',
        'P:busybox-binsh\nV:1.36.1-r29\nA:x86_64\nL:GPL-2.0-only\no:busybox\n',
      ].join('\n\n'),
    });
    expect(sbom.components.map(one => one['bom-ref'])).toEqual([
      'os:alpine-3.20.1',
      'pkg:apk/alpine/busybox-binsh@1.36.1-r29?arch=x86_64&distro=alpine-3.20.1',
      'pkg:apk/alpine/musl@1.2.5-r0?arch=x86_64&distro=alpine-3.20.1',
    ]);
  });

  test('is the same, byte by byte, whatever the order of the image, and another for another image', async () => {
    const told = { 'a/node_modules/x/package.json': '{"name":"x","version":"1.0.0"}', 'etc/os-release': 'ID=debian' };
    const reversed = Object.fromEntries(Object.entries(told).reverse());
    expect(printSbom(await sbomWith(told))).toBe(printSbom(await sbomWith(reversed)));
    await using tree = await treeWith(told);
    const other = await sbomOf({ name: 'web', digest: `sha256:${'cd'.repeat(32)}`, tree, epoch: 1_700_000_000 });
    expect(other.serialNumber).not.toBe((await sbomWith(told)).serialNumber);
  });

  test('the schema refuses what is no bill of materials', () => {
    expect(isValid({ bomFormat: 'CycloneDX', specVersion: '1.6', components: [{ name: 'x' }] })).toBe(false);
  });
});
