import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import dockerignore from '@balena/dockerignore';

export interface ContextEntry {
  /** Relative to the context, with forward slashes. */
  readonly path: string;
  readonly type: 'file' | 'directory' | 'link';
  readonly executable: boolean;
  /** Of a symbolic link. */
  readonly target?: string;
}

export interface LeftOut {
  /** Lines as in `.dockerignore`, after those of the context's own. */
  readonly ignore?: readonly string[];
  /** Names of files and folders that stay out wherever they are and whatever the rules say. */
  readonly never?: readonly string[];
}

/** Everything in a build context that is not left out, sorted by path. */
export async function entriesOf(context: string, out: LeftOut = {}): Promise<readonly ContextEntry[]> {
  const entries = await Array.fromAsync(walk(context, '', await exclusionsOf(context, out)));
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}

interface Exclusions {
  readonly never: ReadonlySet<string>;
  leaveOut(path: string): boolean;
  /** Whether nothing inside of a folder that is left out can come back. */
  readonly areFinal: boolean;
}

async function exclusionsOf(context: string, { ignore = [], never = [] }: LeftOut): Promise<Exclusions> {
  const rules = [await rulesIn(join(context, '.dockerignore')), ...ignore].join('\n');
  const filter = dockerignore.default({ ignorecase: false }).add(rules).createFilter();
  return {
    never: new Set([stateFolder, ...never]),
    leaveOut: path => !filter(path),
    areFinal: !/^\s*!/m.test(rules),
  };
}

async function rulesIn(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    // Rules that can't be read may keep a secret out: only where there are none is everything let in.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** The state folder of a project holds its secrets, and its journal changes while an image is made. */
const stateFolder = '.holdfast';

async function* walk(context: string, folder: string, exclusions: Exclusions): AsyncGenerator<ContextEntry> {
  for (const found of await readdir(join(context, folder), { withFileTypes: true })) {
    if (exclusions.never.has(found.name)) continue;
    const path = posix.join(folder, found.name);
    const isLeftOut = exclusions.leaveOut(path);
    if (!isLeftOut) yield* described(context, path, found);
    if (found.isDirectory() && !(isLeftOut && exclusions.areFinal)) yield* walk(context, path, exclusions);
  }
}

interface Found {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

/** Sockets, pipes and devices have no place in an image. */
async function* described(context: string, path: string, found: Found): AsyncGenerator<ContextEntry> {
  if (found.isDirectory()) yield { path, type: 'directory', executable: false };
  if (found.isSymbolicLink())
    yield { path, type: 'link', executable: false, target: await readlink(join(context, path)) };
  if (!found.isFile()) return;
  const { mode } = await stat(join(context, path));
  yield { path, type: 'file', executable: (mode & 0o100) !== 0 };
}
