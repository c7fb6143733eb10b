import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exitCode, Problem } from '../../kit/problem.ts';
import type { DocFile } from '../../verify/docs/knowledge.ts';
import { goneIn } from '../../verify/docs/stamp/compare.ts';
import { readStamp } from '../../verify/docs/stamp/stamp.ts';

/** What a folder has that may be a page, by path from it on, with `/`. */
export type There = ReadonlyMap<string, string>;

export interface Change {
  /** Paths from the folder on. */
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** Of those that were written, those that somebody had written in by hand. */
  readonly overwritten: readonly string[];
}

const pages = /\.(md|html|svg|css)$/;
const drafts = /\.(md|html|svg|css)\.draft-[0-9a-f]{8}$/;

/** Empty where there is no folder. What can't be read is no page of ours. */
export async function readFolder(folder: string): Promise<There> {
  const paths = (await pathsIn(folder)).filter(path => pages.test(path));
  const texts = await Promise.all(paths.map(path => readFile(join(folder, path), 'utf8').catch(() => '')));
  return new Map(paths.map((path, at) => [path, texts[at] ?? '']));
}

/** Pages stand in the folder, and in one for each kind: no further is looked. */
async function pathsIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(ifMissing);
  const kinds = entries.filter(entry => entry.isDirectory() && /^[a-z][a-z0-9-]*$/.test(entry.name));
  const within = await Promise.all(
    kinds.map(async ({ name }) => (await readdir(join(folder, name)).catch(ifMissing)).map(file => `${name}/${file}`)),
  );
  return [...entries.filter(entry => !entry.isDirectory()).map(({ name }) => name), ...within.flat()];
}

function ifMissing(error: NodeJS.ErrnoException): readonly never[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

/** Throws a Problem where a file that Holdfast did not make stands where a page is to be. */
export async function refuseForeign(folder: string, files: readonly DocFile[]): Promise<void> {
  const there = await readFolder(folder);
  const foreign = files.map(({ path }) => path).filter(path => there.has(path) && !readStamp(there.get(path) ?? ''));
  if (foreign.length === 0) return;
  throw new Problem({
    what: `${foreign.join(', ')} ${foreign.length === 1 ? 'is' : 'are'} in the way`,
    where: folder,
    why: 'holdfast docs did not make it, and overwrites nothing that it did not make',
    fix: 'move it elsewhere, or name another folder with --out or --site',
    exit: exitCode.wrongUse,
  });
}

/**
 * Makes a folder as the files say: writes what differs, each whole or not at all, and removes what it made before and
 * would make no more. All else stays.
 */
export async function writeFolder(folder: string, files: readonly DocFile[]): Promise<Change> {
  await refuseForeign(folder, files);
  const [there, left] = [await readFolder(folder), (await pathsIn(folder)).filter(path => drafts.test(path))];
  const changed = files.filter(({ path, text }) => there.get(path) !== text);
  const removed = goneIn(there, new Set(files.map(({ path }) => path)));
  for (const { path, text } of changed) await writeWhole(join(folder, path), text);
  for (const path of removed) await removeWith(folder, path);
  // Of a run that was killed.
  for (const path of left) await rm(join(folder, path), { force: true });
  return {
    written: changed.map(({ path }) => path),
    removed,
    overwritten: changed.map(({ path }) => path).filter(path => isTouched(there.get(path))),
  };
}

const isTouched = (text: string | undefined): boolean => text !== undefined && readStamp(text)?.isUntouched === false;

/** A reader, and a crash, find the old file or the new one. */
async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.draft-${randomBytes(4).toString('hex')}`;
  await writeFile(draft, text);
  await rename(draft, path);
}

/** With its folder, where nothing else is in there. */
async function removeWith(folder: string, path: string): Promise<void> {
  const file = join(folder, path);
  await rm(file, { force: true });
  if (dirname(file) !== folder) await rmdir(dirname(file)).catch(ifNotEmpty);
}

function ifNotEmpty(error: NodeJS.ErrnoException): void {
  if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(error.code ?? '')) throw error;
}
