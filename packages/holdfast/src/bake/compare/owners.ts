import { posix } from 'node:path';
import type { ImageTree } from '../../ports/image-tree.ts';
import { inTree, textAt } from '../seal/examine/tree-facts.ts';

/** What a file belongs to: `package nginx`, `npm package zod`, `folder /app`. */
export type OwnerOf = (path: string) => string;

/** By dpkg's lists of files, else by the innermost npm package, else by the two uppermost folders. */
export async function ownersIn(...trees: readonly ImageTree[]): Promise<OwnerOf> {
  const owners = new Map<string, string>();
  for (const tree of trees)
    for (const { path } of tree.entries()) {
      const [, name] = list.exec(path) ?? [];
      if (name !== undefined) for (const file of await filesIn(tree, path)) owners.set(file, `package ${name}`);
    }
  return path => owners.get(merged(path)) ?? npmOwner(path) ?? dpkgOwner(path) ?? `folder ${folderOf(path)}`;
}

const list = /^var\/lib\/dpkg\/info\/([^/:]+)(?::[^/]+)?\.list$/;

const filesIn = async (tree: ImageTree, path: string): Promise<readonly string[]> =>
  (await textAt(tree, path)).split('\n').filter(Boolean).map(merged);

/** Packages name paths as before /bin and its like became links into /usr. */
const merged = (path: string): string => path.replace(/^\/(?=(s?bin|lib(32|64|x32)?)\/)/, '/usr/');

function npmOwner(path: string): string | undefined {
  const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
  return name === undefined || name.startsWith('.') ? undefined : `npm package ${name}`;
}

const dpkgOwner = (path: string): string | undefined =>
  inTree(path).startsWith('var/lib/dpkg/') ? 'the database of packages' : undefined;

function folderOf(path: string): string {
  const [first, second] = inTree(posix.dirname(path)).split('/');
  return second === undefined ? `/${first ?? ''}` : `/${first}/${second}`;
}
