import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tarOf } from '../../../kit/tar/write.ts';
import type { TreeEntry } from '../../../kit/tree.ts';
import type { ImageTree } from '../../../ports/image-tree.ts';
import { imageTree } from '../../tree/image-tree.ts';

/** What a test says of an entry: a text is a file of it. */
export type Told = string | Uint8Array | Partial<Omit<TreeEntry, 'path'>>;

export interface TestTree extends ImageTree, AsyncDisposable {}

/** An image of one layer with these entries, read as any other is. */
export async function treeWith(told: Readonly<Record<string, Told>>): Promise<TestTree> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-seal-'));
  const file = join(folder, 'layer.tar');
  const paths = Object.keys(told).sort();
  await writeFile(file, tarOf(paths.map(path => entryOf(path, told[path] ?? ''))));
  const tree = await imageTree([{ file }]);
  return { ...tree, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

export function entryOf(path: string, told: Told): TreeEntry {
  const plain = { path, type: 'file', mode: 0o644, uid: 0, gid: 0, mtime: 1_700_000_000, size: 0 } as const;
  if (typeof told !== 'string' && !(told instanceof Uint8Array)) return { ...plain, ...told };
  const content = Buffer.from(told);
  return { ...plain, size: content.length, ...(content.length > 0 && { content }) };
}

export const folder = (more: Partial<Omit<TreeEntry, 'path'>> = {}): Told => ({
  type: 'directory',
  mode: 0o755,
  ...more,
});
export const program = (content = '\x7fELF'): Told => {
  const { path: _, ...file } = entryOf('', content);
  return { ...file, mode: 0o755 };
};
export const link = (to: string): Told => ({ type: 'symlink', mode: 0o777, link: to });
