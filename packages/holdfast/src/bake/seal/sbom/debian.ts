import type { ImageTree } from '../../../ports/image-tree.ts';
import { textAt } from '../examine/tree-facts.ts';
import { type Component, type Licence, purl } from './component.ts';
import { type Paragraph, paragraphs } from './paragraphs.ts';
import { distroOf, type OsRelease } from './release.ts';

/** What dpkg's database in an image says is installed. */
export async function debianPackages(tree: ImageTree, release: OsRelease): Promise<readonly Component[]> {
  return Promise.all((await installedByDpkg(tree)).map(one => componentOf(one, tree, release)));
}

/** The paragraphs of those that are installed whole. */
export async function installedByDpkg(tree: ImageTree): Promise<readonly Paragraph[]> {
  return (await databaseOf(tree)).filter(
    ({ Package, Version, Status }) => Package && Version && (Status === undefined || / installed$/.test(Status)),
  );
}

/** One file, or, in images without dpkg itself, one file a package. */
async function databaseOf(tree: ImageTree): Promise<readonly Paragraph[]> {
  const paths = [...tree.entries()]
    .map(({ path }) => path)
    .filter(path => /^var\/lib\/dpkg\/status\.d\/[^/]+$/.test(path));
  const texts = ['var/lib/dpkg/status', ...paths.filter(path => !path.endsWith('.md5sums'))];
  return (await Promise.all(texts.map(path => textAt(tree, path)))).flatMap(paragraphs);
}

async function componentOf(
  { Package = '', Version = '', Architecture = '', Source, Maintainer }: Paragraph,
  tree: ImageTree,
  release: OsRelease,
): Promise<Component> {
  const of = purl({
    type: 'deb',
    namespace: release.id,
    name: Package,
    version: Version,
    qualifiers: { ...(Architecture && { arch: Architecture }), distro: distroOf(release) },
  });
  const licenses = licencesIn(await textAt(tree, `usr/share/doc/${Package}/copyright`));
  return {
    type: 'library',
    'bom-ref': of,
    name: Package,
    version: Version,
    ...(Maintainer && { publisher: Maintainer }),
    ...(licenses.length > 0 && { licenses }),
    purl: of,
    properties: [{ name: 'holdfast:deb:source', value: sourceOf(Source, Package, Version) }],
  };
}

/** `openssl 3.0.17-1`; the field is left out where both are the package's own. */
function sourceOf(source: string | undefined, name: string, version: string): string {
  const [, own = name, other = version] = /^(\S+)(?: \((\S+)\))?$/.exec(source ?? name) ?? [];
  return `${own} ${other}`;
}

/** The short names of licences in a copyright file of the machine-readable form (DEP-5), in Debian's own words. */
function licencesIn(copyright: string): readonly Licence[] {
  if (!/^Format(-Specification)?:/im.test(copyright.slice(0, 2_000))) return [];
  const names = paragraphs(copyright).flatMap(({ License }) => License?.split('\n')[0]?.trim() || []);
  return [...new Set(names)].sort().map(name => ({ license: { name } }));
}
