import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { exitCode, Problem } from '../../kit/problem.ts';
import { tarOf } from '../../kit/tar/write.ts';
import type { TreeChange, TreeEntry } from '../../kit/tree.ts';
import type { LayerBlob } from '../../ports/baked-image.ts';
import type { ImageStore } from '../store/store.ts';

/** Writes a change as a layer: paths sorted, no time later than the epoch, deletions as OCI's whiteouts. */
export function writeLayer(change: TreeChange, epoch: number, by: string, store: ImageStore): Promise<LayerBlob> {
  refuseWhiteouts(change.entries);
  const whiteouts = change.removed.map(path => whiteout(path, epoch));
  const entries = linksAfterContent([...change.entries, ...whiteouts]);
  return store.add(tarOf(clamped(entries, epoch), { reuse: true }), by, createHash('sha256'));
}

/** A file that is called as OCI calls what is gone would take away what is below, unseen. */
function refuseWhiteouts(entries: readonly TreeEntry[]): void {
  const found = entries.find(({ path }) => posix.basename(path).startsWith('.wh.'));
  if (!found) return;
  throw new Problem({
    what: `/${found.path} can't be in an image`,
    why: 'in a layer, a name that begins with .wh. means that a file is gone',
    fix: 'give it another name, or leave it out with `ignore`',
    exit: exitCode.wrongUse,
  });
}

function* clamped(entries: readonly TreeEntry[], epoch: number): Generator<TreeEntry> {
  for (const entry of entries) yield entry.mtime > epoch ? { ...entry, mtime: epoch } : entry;
}

/** OCI image-spec, "Whiteouts": an empty file that takes the name of what is gone. */
const whiteout = (path: string, epoch: number): TreeEntry => ({
  path: posix.join(posix.dirname(path), `.wh.${posix.basename(path)}`),
  type: 'file',
  mode: 0,
  uid: 0,
  gid: 0,
  mtime: epoch,
  size: 0,
});

const byPath = (a: TreeEntry, b: TreeEntry): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);

/**
 * Sorted by path; among the names of one file the first has the content, and the others are links to it. So the order
 * in which the names were made does not matter, and no link comes before what it leads to.
 */
function linksAfterContent(entries: readonly TreeEntry[]): readonly TreeEntry[] {
  const names = namesOfFiles(entries);
  if (names.size === 0) return entries.toSorted(byPath);
  const files = new Map(entries.map(entry => [entry.path, entry]));
  return entries
    .map(entry => {
      const first = names.get(entry.path);
      if (first === undefined) return entry;
      const file = files.get(contentPath(entry, files)) ?? entry;
      if (entry.path === first) return { ...withoutLink(file), path: first };
      return { ...withoutContent(file), path: entry.path, type: 'hardlink' as const, size: 0, link: first };
    })
    .sort(byPath);
}

/** By each name of a file that has several: the first of them. */
function namesOfFiles(entries: readonly TreeEntry[]): ReadonlyMap<string, string> {
  const links = entries.filter(({ type }) => type === 'hardlink');
  if (links.length === 0) return new Map();
  const files = new Map(entries.map(entry => [entry.path, entry]));
  const groups = new Map<string, string[]>();
  for (const link of links) {
    const content = contentPath(link, files);
    // What leads to a file below stays a link to it.
    if (!files.has(content)) continue;
    const group = groups.get(content) ?? [content];
    groups.set(content, [...group, link.path]);
  }
  return new Map(
    [...groups.values()].flatMap(group => group.map(path => [path, group.toSorted()[0] ?? path] as const)),
  );
}

function contentPath(entry: TreeEntry, files: ReadonlyMap<string, TreeEntry>): string {
  let at = entry;
  for (let steps = 0; at.type === 'hardlink' && at.link !== undefined && steps < 40; steps++) {
    const next = files.get(at.link);
    if (!next) return at.link;
    at = next;
  }
  return at.path;
}

const withoutLink = ({ link: _, ...entry }: TreeEntry): TreeEntry => entry;
const withoutContent = ({ content: _, ...entry }: TreeEntry): TreeEntry => entry;
