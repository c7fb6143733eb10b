import { closeSync, openSync, readSync } from 'node:fs';
import { posix } from 'node:path';
import { entriesIn } from '../../kit/tar/read.ts';
import type { TreeEntry } from '../../kit/tree.ts';
import type { LayerBlob } from '../../ports/baked-image.ts';
import type { ImageTree } from '../../ports/image-tree.ts';

/** The file system that layers make, lowest first. Only their headers are read. */
export async function imageTree(layers: readonly Pick<LayerBlob, 'file'>[]): Promise<ImageTree> {
  const entries = new Map<string, TreeEntry>();
  for (const { file } of layers) lay(await entriesIn(file), entries);
  return treeOf(entries);
}

const opaque = '.wh..wh..opq';

/** OCI image-spec, "Applying Changesets": a whiteout hides what is below, never what its own layer brings. */
function lay(layer: readonly TreeEntry[], onto: Map<string, TreeEntry>): void {
  const added: TreeEntry[] = [];
  for (const entry of layer) {
    const name = posix.basename(entry.path);
    const folder = posix.dirname(entry.path);
    if (name === opaque) removeUnder(folder, onto);
    else if (name.startsWith('.wh.')) removeAt(posix.join(folder, name.slice(4)), onto);
    else added.push(entry);
  }
  for (const entry of added) {
    const had = onto.get(entry.path);
    if (had?.type === 'directory' && entry.type !== 'directory') removeUnder(entry.path, onto);
    onto.set(entry.path, entry.type === 'hardlink' ? withContent(entry, onto) : entry);
  }
}

/** A link whose first name may go later keeps the content itself. */
function withContent(entry: TreeEntry, onto: ReadonlyMap<string, TreeEntry>): TreeEntry {
  const file = onto.get(entry.link ?? '');
  return file?.type === 'file' ? { ...entry, size: file.size, ...(file.content && { content: file.content }) } : entry;
}

function removeAt(path: string, entries: Map<string, TreeEntry>): void {
  entries.delete(path);
  removeUnder(path, entries);
}

function removeUnder(folder: string, entries: Map<string, TreeEntry>): void {
  const start = folder === '.' ? '' : `${folder}/`;
  for (const path of entries.keys()) if (path.startsWith(start)) entries.delete(path);
}

const mostLinks = 40;

function treeOf(entries: ReadonlyMap<string, TreeEntry>): ImageTree {
  const real = (path: string, links = 0): string => {
    const folder = posix.dirname(path);
    const here = folder === '.' ? path : posix.join(followed(real(folder, links), links), posix.basename(path));
    return here;
  };
  const followed = (path: string, links: number): string => {
    const entry = entries.get(path);
    if (entry?.type !== 'symlink' || links >= mostLinks) return path;
    const target = posix.resolve('/', posix.dirname(path), entry.link ?? '').slice(1);
    return target === '' ? '' : followed(real(target, links + 1), links + 1);
  };
  let inOrder: readonly TreeEntry[] | undefined;
  const normal = (path: string): string => posix.resolve('/', path).slice(1);
  return {
    entry: path => entries.get(real(normal(path))),
    read: async path => bytesOf(entries.get(followed(real(normal(path)), 0))),
    *entries() {
      inOrder ??= [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
      yield* inOrder;
    },
  };
}

/** At once: the files are many and small, on this machine's own disk, and to wait for each takes longer than to read it. */
function bytesOf(entry: TreeEntry | undefined): Uint8Array | undefined {
  if (entry?.type !== 'file' && entry?.type !== 'hardlink') return undefined;
  if (!entry.content) return new Uint8Array();
  if (entry.content instanceof Uint8Array) return entry.content;
  const file = openSync(entry.content.file, 'r');
  try {
    const bytes = new Uint8Array(entry.size);
    readSync(file, bytes, 0, entry.size, entry.content.offset);
    return bytes;
  } finally {
    closeSync(file);
  }
}
