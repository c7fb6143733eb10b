import type { TreeEntry } from '../kit/tree.ts';

/** The file system of an image, read from its layers: no container is needed. */
export interface ImageTree {
  /** The entry at the path, links in its folders followed; the last part not. Paths without a slash at the beginning. */
  entry(path: string): TreeEntry | undefined;
  /** What is in the file at the path, all links followed; undefined where there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** All entries, in the order of their paths. */
  entries(): Iterable<TreeEntry>;
}
