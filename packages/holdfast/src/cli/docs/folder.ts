import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { exitCode, Problem } from '../../kit/problem.ts';
import type { DocFile } from '../../verify/docs/knowledge.ts';
import { goneIn } from '../../verify/docs/stamp/compare.ts';
import { readStamp } from '../../verify/docs/stamp/stamp.ts';

/** What a folder has, by path from it on, with `/`. */
export type There = ReadonlyMap<string, string>;

export interface Change {
  /** Paths from the folder on. */
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** Of those that were written, those that somebody had written in by hand. */
  readonly overwritten: readonly string[];
}

const endings = /\.(md|html|svg|css)$/;
const draftMark = '.draft-';

/** Reads what may be a page; empty where there is no folder. */
export async function readFolder(folder: string): Promise<There> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(ifMissing);
  const paths = found
    .filter(entry => entry.isFile() && endings.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name));
  const texts = await Promise.all(paths.map(path => readFile(path, 'utf8')));
  return new Map(paths.map((path, at) => [relative(folder, path).split(sep).join('/'), texts[at] ?? '']));
}

function ifMissing(error: NodeJS.ErrnoException): readonly never[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

/**
 * Makes a folder as the files say: writes what differs, each whole or not at all, and removes what it made before and
 * would make no more. Whatever it did not make stays, and stands in nothing's way but a page of its name.
 */
export async function writeFolder(folder: string, files: readonly DocFile[]): Promise<Change> {
  const there = await readFolder(folder);
  refuseForeign(folder, files, there);
  const changed = files.filter(({ path, text }) => there.get(path) !== text);
  const removed = goneIn(there, new Set(files.map(({ path }) => path)));
  for (const file of changed) await writeWhole(join(folder, file.path), file.text);
  for (const path of removed) await removeWith(folder, path);
  await removeDrafts(folder);
  return {
    written: changed.map(({ path }) => path),
    removed,
    overwritten: changed.map(({ path }) => path).filter(path => isTouched(there.get(path))),
  };
}

const isTouched = (text: string | undefined): boolean => text !== undefined && readStamp(text)?.isUntouched === false;

function refuseForeign(folder: string, files: readonly DocFile[], there: There): void {
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

/** A reader, and a crash, find the old file or the new one. */
async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}${draftMark}${randomBytes(4).toString('hex')}`;
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
  if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST' && error.code !== 'ENOENT') throw error;
}

/** What a run that was killed left half written. */
async function removeDrafts(folder: string): Promise<void> {
  const found = await readdir(folder, { recursive: true }).catch(ifMissing);
  const drafts = found.filter(path => /\.draft-[0-9a-f]{8}$/.test(path));
  await Promise.all(drafts.map(path => rm(join(folder, path), { force: true })));
}
