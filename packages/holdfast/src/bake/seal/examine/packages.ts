import type { PackageFacts } from '../../../model/assertion/facts/software.ts';
import type { Looked } from '../../../model/assertion/matcher.ts';
import type { ImageTree } from '../../../ports/image-tree.ts';
import { apkDatabase, installedByApk } from '../sbom/alpine.ts';
import { installedByDpkg } from '../sbom/debian.ts';

/** What the databases of dpkg and apk say of a package. */
export async function lookAtPackage(tree: ImageTree, name: string): Promise<Looked<PackageFacts>> {
  const facts = (await packagesIn(tree)).get(name);
  return facts ? { facts } : { missing: 'it is not installed' };
}

async function packagesIn(tree: ImageTree): Promise<ReadonlyMap<string, PackageFacts>> {
  const [debian, alpine] = await Promise.all([installedByDpkg(tree), installedByApk(tree)]);
  return new Map<string, PackageFacts>([
    ...debian.map(({ Package = '', Version = '' }) => [Package, { version: Version, manager: 'dpkg' }] as const),
    ...alpine.map(({ P = '', V = '' }) => [P, { version: V, manager: 'apk' }] as const),
  ]);
}

/** The package that brought a file, by what dpkg and apk list. */
export const packageOf = async (tree: ImageTree, path: string): Promise<string | undefined> =>
  (await packageInDpkg(tree, path)) ?? ownerInApk(await apkDatabase(tree), path);

async function packageInDpkg(tree: ImageTree, path: string): Promise<string | undefined> {
  // What is in /usr/bin may be listed in /bin, where it was before the two became one.
  const names = new Set([path, path.replace(/^\/usr(?=\/(s?bin|lib\w*)\/)/, '')]);
  for (const entry of tree.entries()) {
    const [, owner] = /^var\/lib\/dpkg\/info\/([^/:]+)(?::\w+)?\.list$/.exec(entry.path) ?? [];
    if (owner === undefined) continue;
    const list = Buffer.from((await tree.read(entry.path)) ?? []).toString('utf8');
    if (list.split('\n').some(line => names.has(line))) return owner;
  }
  return undefined;
}

/** Each package has its folders (F), and after each the files in it (R). */
function ownerInApk(text: string, path: string): string | undefined {
  let [owner, folder] = ['', ''];
  for (const line of text.split('\n')) {
    const value = line.slice(2);
    if (line.startsWith('P:')) owner = value;
    if (line.startsWith('F:')) folder = value;
    if (line.startsWith('R:') && `/${folder}/${value}` === path) return owner;
  }
  return undefined;
}
