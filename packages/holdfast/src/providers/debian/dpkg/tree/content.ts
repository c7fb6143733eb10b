import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { TreeEntry } from '../../../../kit/tree.ts';

/** All bytes of a file in a tree. */
export async function bytesOf({ content, size }: TreeEntry): Promise<Uint8Array> {
  if (!content || content instanceof Uint8Array) return content ?? new Uint8Array();
  const file = await open(content.file);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(size), 0, size, content.offset);
    if (bytesRead < size) throw new Error(`${content.file} ends before its content does`);
    return buffer;
  } finally {
    await file.close();
  }
}

export const md5Of = async (entry: TreeEntry): Promise<string> =>
  createHash('md5')
    .update(await bytesOf(entry))
    .digest('hex');

/** A file of root's with the given content. */
export function fileOf(path: string, text: string | Uint8Array, mtime: number, mode = 0o644): TreeEntry {
  const content = Buffer.from(text);
  const { length: size } = content;
  return { path, type: 'file', mode, uid: 0, gid: 0, mtime, size, ...(size > 0 && { content }) };
}

export const directoryOf = (path: string, mtime: number): TreeEntry => ({
  path,
  type: 'directory',
  mode: 0o755,
  uid: 0,
  gid: 0,
  mtime,
  size: 0,
});

export const symlinkOf = (path: string, link: string, mtime: number): TreeEntry => ({
  path,
  type: 'symlink',
  mode: 0o777,
  uid: 0,
  gid: 0,
  mtime,
  size: 0,
  link,
});
