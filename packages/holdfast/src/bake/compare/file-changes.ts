import { createHash } from 'node:crypto';
import type { TreeEntry } from '../../kit/tree.ts';
import { spellMode } from '../../model/assertion/files/entry.ts';
import type { ImageTree } from '../../ports/image-tree.ts';
import { chunksOf } from '../seal/examine/chunks.ts';

/** One path that is not as it was. */
export interface FileChange {
  /** Absolute. */
  readonly path: string;
  readonly change: 'added' | 'removed' | 'content' | 'attributes';
  /** Of attributes, in words: `mode 0644`, `owner 0:0`, `link dash`, `type file`. */
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** Every path that differs, in order. Times alone make no difference, unless they are asked for. */
export async function fileChanges(a: ImageTree, b: ImageTree, withTimes = false): Promise<readonly FileChange[]> {
  const [before, after] = [entriesOf(a), entriesOf(b)];
  const changes: FileChange[] = [];
  for (const path of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [from, to] = [before.get(path), after.get(path)];
    if (from && to) changes.push(...(await changesOf(from, to, withTimes)));
    else changes.push({ path: `/${path}`, change: from ? 'removed' : 'added', from: [], to: [] });
  }
  return changes;
}

const entriesOf = (tree: ImageTree): ReadonlyMap<string, TreeEntry> =>
  new Map([...tree.entries()].map(entry => [entry.path, entry]));

async function changesOf(a: TreeEntry, b: TreeEntry, withTimes: boolean): Promise<readonly FileChange[]> {
  const path = `/${a.path}`;
  const [was, is] = [attributesOf(a, withTimes), attributesOf(b, withTimes)];
  const [from, to] = [was.filter(one => !is.includes(one)), is.filter(one => !was.includes(one))];
  return [
    ...((await hasOtherContent(a, b)) ? [{ path, change: 'content', from: [], to: [] } as const] : []),
    ...(from.length + to.length > 0 ? [{ path, change: 'attributes', from, to } as const] : []),
  ];
}

/** Which of several names of a file is the first one is chance. */
const typeOf = ({ type }: TreeEntry): TreeEntry['type'] => (type === 'hardlink' ? 'file' : type);

const attributesOf = (entry: TreeEntry, withTimes: boolean): readonly string[] => [
  `type ${typeOf(entry)}`,
  `owner ${entry.uid}:${entry.gid}`,
  ...(entry.type === 'symlink' ? [`link ${entry.link}`] : [`mode ${spellMode(entry.mode)}`]),
  ...(withTimes ? [`time ${new Date(entry.mtime * 1000).toISOString()}`] : []),
];

async function hasOtherContent(a: TreeEntry, b: TreeEntry): Promise<boolean> {
  if (typeOf(a) !== 'file' || typeOf(b) !== 'file') return false;
  if (a.size !== b.size) return true;
  if (isSameSlice(a, b)) return false;
  const [one, other] = await Promise.all([digestOf(a), digestOf(b)]);
  return one !== other;
}

/** Layers that both images share are one file in the store. */
const isSameSlice = ({ content: a }: TreeEntry, { content: b }: TreeEntry): boolean =>
  a === b ||
  (a !== undefined && b !== undefined && 'file' in a && 'file' in b && a.file === b.file && a.offset === b.offset);

async function digestOf(entry: TreeEntry): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunksOf(entry)) hash.update(chunk);
  return hash.digest('hex');
}
