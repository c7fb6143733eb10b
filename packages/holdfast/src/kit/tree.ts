/** A part of a file on disk: its content is read when it is needed, so that a tree of any size takes little memory. */
export interface Slice {
  readonly file: string;
  /** In bytes, from the beginning of the file. */
  readonly offset: number;
}

/** One entry of a file tree, such as a layer of an image holds. */
export interface TreeEntry {
  /** Without a slash at either end, without empty parts, `.` and `..`: `usr/bin/env`. The root itself has none. */
  readonly path: string;
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink' | 'character' | 'block' | 'fifo';
  /** The lower twelve bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Whole seconds since 1970. */
  readonly mtime: number;
  /** In bytes; 0 for what is no file. */
  readonly size: number;
  /** Where a symbolic link leads, as it stands; of a hard link the path of the entry that has the content. */
  readonly link?: string;
  /** File capabilities, as the kernel keeps them in `security.capability` (capabilities(7)). */
  readonly capability?: Uint8Array;
  /** Of a file; absent where it is empty. */
  readonly content?: Uint8Array | Slice;
}

/** What one layer adds to, changes in and takes from those below. */
export interface TreeChange {
  /** Each path once. In any order. */
  readonly entries: readonly TreeEntry[];
  /** Paths that are no longer there. */
  readonly removed: readonly string[];
}
