import type { Slice, TreeEntry } from '../../kit/tree.ts';

/** Entries as steps make them: of root, at one time. */
export const made = {
  directory: (path: string, mtime: number): TreeEntry => ({ ...plain(path, mtime), type: 'directory', mode: 0o755 }),
  symlink: (path: string, link: string, mtime: number): TreeEntry => ({
    ...plain(path, mtime),
    type: 'symlink',
    mode: 0o777,
    link,
  }),
  file: (path: string, mode: number, content: Uint8Array | Slice, size: number, mtime: number): TreeEntry => ({
    ...plain(path, mtime),
    type: 'file',
    mode,
    size,
    ...(size > 0 && { content }),
  }),
} as const;

const plain = (path: string, mtime: number) => ({ path, uid: 0, gid: 0, mtime, size: 0 });

/** `/app` as a tree names it: `app`. The root is the empty text. */
export const inTree = (absolute: string): string => absolute.replace(/^\/+|\/+$/g, '');
