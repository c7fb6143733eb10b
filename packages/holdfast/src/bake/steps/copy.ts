import { type Stats, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import pLimit from 'p-limit';
import { exitCode, Problem } from '../../kit/problem.ts';
import type { TreeEntry } from '../../kit/tree.ts';
import type { StepOf } from '../../model/spec/recipe.ts';
import { type ContextEntry, entriesOf } from '../context.ts';
import type { FileHashes } from '../file-hashes.ts';
import { inTree, made } from './entries.ts';

/** `npm-ci` makes the first, for the machine of the image; the others tell of the checkout. */
const never = ['node_modules', '.git'];

/** How many files are read at a time: a process may hold few files open at once. */
const readers = 32;

export interface CopyContext {
  /** Seconds since 1970. The files' own times say when they were checked out. */
  readonly epoch: number;
  readonly ids: (owner: string) => Ids | Promise<Ids>;
}

export interface Ids {
  readonly uid: number;
  readonly gid: number;
}

/** An entry with what is in it: SHA-256 in hex, of a file. */
export type CopiedEntry = ContextEntry & { readonly content?: string };

/** What a copy depends on, as plain data. Throws a Problem when the source is missing. */
export async function copyInputs(
  root: string,
  step: StepOf<'copy'>,
  hashes: FileHashes,
): Promise<readonly CopiedEntry[]> {
  const read = pLimit(readers);
  const source = join(root, step.from);
  return read.map(await sourcesOf(root, step), async entry =>
    entry.type === 'file' ? { ...entry, content: await hashes.of(join(source, entry.path)) } : entry,
  );
}

/**
 * What a copy puts into the image: the folder at `to` and what is in the source, or the one file. Content is read when
 * the layer is written: {@link copyInputs} asked again then tells whether it was still the same.
 */
export async function copyTree(
  root: string,
  step: StepOf<'copy'>,
  { epoch, ids }: CopyContext,
): Promise<readonly TreeEntry[]> {
  const { uid, gid } = await ids(step.owner);
  const source = join(root, step.from);
  const entries = await sourcesOf(root, step);
  const target = targetOf(step, entries);
  return entries.flatMap(entry => {
    const path = posix.join(target, entry.path);
    return path === '.' ? [] : [{ ...entryAt(path, entry, join(source, entry.path), step, epoch), uid, gid }];
  });
}

/** The source's entries; the source itself is the one with the empty path. */
async function sourcesOf(root: string, { from, ignore }: StepOf<'copy'>): Promise<readonly ContextEntry[]> {
  const found = await stat(join(root, from)).catch(missing(root, from));
  if (!found.isDirectory()) return [fileItself(found, root, from)];
  const entries = withFolders(await entriesOf(join(root, from), { ignore, never }));
  return [{ path: '', type: 'directory', executable: false }, ...entries];
}

function fileItself(found: Stats, root: string, from: string): ContextEntry {
  if (!found.isFile())
    throw new Problem({
      what: `${from} is neither a file nor a folder`,
      where: join(root, from),
      why: 'sockets, pipes and devices have no place in an image',
      fix: 'copy a file or a folder',
      exit: exitCode.wrongUse,
    });
  return { path: '', type: 'file', executable: (found.mode & 0o100) !== 0 };
}

const missing =
  (root: string, from: string) =>
  (cause: unknown): never => {
    throw new Problem({
      what: `${from} is not there`,
      where: join(root, from),
      why: 'a step copies it into an image',
      fix: 'give `copy` a file or a folder that exists, relative to system.ts',
      exit: exitCode.wrongUse,
      cause,
    });
  };

/** A file that came back by a rule with `!` may be in a folder that did not. */
function withFolders(entries: readonly ContextEntry[]): readonly ContextEntry[] {
  const all = new Map(entries.map(entry => [entry.path, entry]));
  for (const { path } of entries)
    for (let folder = posix.dirname(path); folder !== '.' && !all.has(folder); folder = posix.dirname(folder))
      all.set(folder, { path: folder, type: 'directory', executable: false });
  return [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A file goes to the path; at the root it keeps its name. */
function targetOf({ from, to }: StepOf<'copy'>, [first]: readonly ContextEntry[]): string {
  return inTree(to) || (first?.type === 'file' ? posix.basename(from) : '');
}

function entryAt(path: string, entry: ContextEntry, file: string, step: StepOf<'copy'>, epoch: number): TreeEntry {
  if (entry.type === 'link') return made.symlink(path, entry.target ?? '', epoch);
  if (entry.type === 'directory') return { ...made.directory(path, epoch), mode: folderMode(step.mode) };
  const { size } = statSync(file);
  return made.file(path, fileMode(step.mode, entry.executable), { file, offset: 0 }, size, epoch);
}

const fileMode = (mode: string | undefined, executable: boolean): number =>
  mode === undefined ? (executable ? 0o755 : 0o644) : Number.parseInt(mode, 8);

/** Who may read a folder's files may enter it. */
function folderMode(mode: string | undefined): number {
  if (mode === undefined) return 0o755;
  const bits = Number.parseInt(mode, 8);
  return bits | ((bits & 0o444) >> 2);
}
