import pLimit from 'p-limit';
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

/** The packages that brought files, by what dpkg and apk list; by absolute path, without those that none did. */
export async function packagesOf(tree: ImageTree, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (paths.length === 0) return new Map();
  const [lists, apk] = await Promise.all([dpkgLists(tree), apkDatabase(tree)]);
  return new Map(
    paths.flatMap(path => {
      const owner = ownerInDpkg(lists, path) ?? ownerInApk(apk, path);
      return owner === undefined ? [] : [[path, owner] as const];
    }),
  );
}

/** How many files are read at a time: a process may hold few files open at once. */
const readers = 32;

/** What each package of dpkg's brought, in lines between line ends. */
async function dpkgLists(tree: ImageTree): Promise<readonly (readonly [owner: string, list: string])[]> {
  const named = [...tree.entries()].flatMap(({ path }) => {
    const [, owner] = /^var\/lib\/dpkg\/info\/([^/:]+)(?::\w+)?\.list$/.exec(path) ?? [];
    return owner === undefined ? [] : [[owner, path] as const];
  });
  return pLimit(readers).map(named, async ([owner, path]) => {
    const list = Buffer.from((await tree.read(path)) ?? []).toString('utf8');
    return [owner, `\n${list}\n`] as const;
  });
}

function ownerInDpkg(lists: Awaited<ReturnType<typeof dpkgLists>>, path: string): string | undefined {
  // What is in /usr/bin may be listed in /bin, where it was before the two became one.
  const names = [path, path.replace(/^\/usr(?=\/(s?bin|lib\w*)\/)/, '')].map(name => `\n${name}\n`);
  return lists.find(([, list]) => names.some(name => list.includes(name)))?.[0];
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
