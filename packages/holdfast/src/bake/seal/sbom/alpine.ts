import type { ImageTree } from '../../../ports/image-tree.ts';
import { textAt } from '../examine/tree-facts.ts';
import { type Component, purl } from './component.ts';
import { distroOf, type OsRelease } from './release.ts';

/** What apk's database in an image says is installed: one letter a field (apk-tools, APKINDEX format). */
export async function alpinePackages(tree: ImageTree, release: OsRelease): Promise<readonly Component[]> {
  return (await installedByApk(tree)).map(fields => componentOf(fields, release));
}

/** Their fields, by the letter of each. */
export async function installedByApk(tree: ImageTree): Promise<readonly Readonly<Record<string, string>>[]> {
  return (await apkDatabase(tree))
    .split(/\n\n+/)
    .map(fieldsOf)
    .filter(({ P, V }) => P && V);
}

/** Empty where there is none. */
export const apkDatabase = async (tree: ImageTree): Promise<string> =>
  (await textAt(tree, 'lib/apk/db/installed')) || textAt(tree, 'usr/lib/apk/db/installed');

const fieldsOf = (block: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    block.split('\n').flatMap(line => (/^[A-Z]:|^[opt]:/.test(line) ? [[line[0], line.slice(2)]] : [])),
  );

function componentOf(
  { P = '', V = '', A = '', L, o = P, m }: Readonly<Record<string, string>>,
  release: OsRelease,
): Component {
  const of = purl({
    type: 'apk',
    namespace: release.id,
    name: P,
    version: V,
    qualifiers: { ...(A && { arch: A }), distro: distroOf(release) },
  });
  return {
    type: 'library',
    'bom-ref': of,
    name: P,
    version: V,
    ...(m && { publisher: m }),
    ...(L && { licenses: [{ license: { name: L } }] }),
    purl: of,
    properties: [{ name: 'holdfast:apk:origin', value: o }],
  };
}
