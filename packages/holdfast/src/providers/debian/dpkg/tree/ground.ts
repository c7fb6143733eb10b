import { posix } from 'node:path';
import type { TreeEntry } from '../../../../kit/tree.ts';
import type { ImageTree } from '../../../../ports/image-tree.ts';

/** A tree that grows on top of another, asked and filled by paths as packages name them: `/bin/sh` may be in /usr/bin. */
export interface Ground {
  readonly added: ReadonlyMap<string, TreeEntry>;
  /** The path with the links in its folders followed, as the kernel would; the last part not. */
  real(path: string): string;
  at(real: string): TreeEntry | undefined;
  /** What is at the path, or where a link at it leads to, when that is a directory. */
  directory(real: string): TreeEntry | undefined;
  put(entry: TreeEntry): void;
}

const manyLinks = 40;

export function groundOn(below: ImageTree | undefined): Ground {
  const added = new Map<string, TreeEntry>();
  const folders = new Map<string, string>();
  const at = (real: string): TreeEntry | undefined => added.get(real) ?? below?.entry(real);

  function folder(path: string, links = 0): string {
    if (path === '.' || path === '' || path === '/') return '';
    const known = folders.get(path);
    if (known !== undefined) return known;
    const here = posix.join(folder(posix.dirname(path), links), posix.basename(path));
    const there = at(here);
    const found = there?.type === 'symlink' ? followed(here, there.link ?? '', links) : here;
    if (there) folders.set(path, found);
    return found;
  }

  function followed(here: string, link: string, links: number): string {
    if (links >= manyLinks) return here;
    return folder(posix.resolve('/', posix.dirname(here), link).slice(1), links + 1);
  }

  return {
    added,
    at,
    real: path => posix.join(folder(posix.dirname(path)), posix.basename(path)),
    directory: real => {
      const found = at(folder(real));
      return found?.type === 'directory' ? found : undefined;
    },
    put: entry => void added.set(entry.path, entry),
  };
}
