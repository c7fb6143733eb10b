import { exitCode, Problem, type ProblemParts } from '../../kit/problem.ts';

type Told = Pick<ProblemParts, 'what' | 'fix' | 'retry'> & { readonly why?: string };

const readOnly: Told = {
  what: "The journal can't be written",
  fix: 'Give this user write access to the file and its folder, or name another journal',
};
const full: Told = {
  what: 'The disk that holds the journal is full',
  fix: 'Free some space. What was reported done is in the journal; run the command again',
  retry: true,
};
const foreign: Told = {
  what: 'The file is not a journal of Holdfast',
  fix: 'Name another file for the journal, or move this one away',
};
const unopened: Told = {
  what: "The journal can't be opened",
  fix: 'See that its folder exists, is a folder, and lets this user read and write',
};
const failing: Told = {
  what: 'The disk that holds the journal fails',
  fix: 'Look at the machine’s disk and its kernel log. `holdfast journal verify` tells what can still be relied on',
};
const damaged: Told = {
  what: 'The journal is damaged',
  fix: 'Keep the file. Put a copy from before the damage in its place, or move it away and run `holdfast up`, which starts a new one',
};

/** By SQLite's primary result code. */
const bySqlite: Readonly<Record<number, Told>> = {
  3: readOnly,
  8: readOnly,
  10: failing,
  11: damaged,
  13: full,
  14: unopened,
  26: foreign,
};

const byErrno: Readonly<Record<string, Told>> = {
  EACCES: readOnly,
  EPERM: readOnly,
  EROFS: readOnly,
  ENOSPC: full,
  EDQUOT: full,
  EIO: failing,
  EISDIR: unopened,
  ENOTDIR: unopened,
  EEXIST: unopened,
  ENOENT: unopened,
  ELOOP: unopened,
};

/** What a person reads instead of a code of the store or of the file system; anything else stays what it is. */
export function asStoreProblem(error: unknown, path: string): unknown {
  const told = toldOf(error);
  if (!told) return error;
  return storeProblem(path, { why: (error as Error).message, ...told }, error);
}

function toldOf(error: unknown): Told | undefined {
  if (isSqliteError(error)) return bySqlite[error.errcode & 0xff];
  return error instanceof Error ? byErrno[(error as NodeJS.ErrnoException).code ?? ''] : undefined;
}

const storeProblem = (path: string, told: Told, cause?: unknown): Problem =>
  new Problem({ ...told, where: path, exit: exitCode.unreachable, cause });

interface SqliteError extends Error {
  /** SQLite's extended result code; the low byte is the primary one. */
  readonly errcode: number;
}

const isSqliteError = (error: unknown): error is SqliteError =>
  error instanceof Error && (error as NodeJS.ErrnoException).code === 'ERR_SQLITE_ERROR';

/** SQLite found its own file to be damaged. */
export const isDamage = (error: unknown): boolean =>
  error instanceof Problem && isSqliteError(error.cause) && (error.cause.errcode & 0xff) === 11;

const busy = new Set([5, 6, 15]);

/** Another connection is writing, recovering or closing: the same call may go through a moment later. */
export const isBusy = (error: unknown): boolean => isSqliteError(error) && busy.has(error.errcode & 0xff);

export const notAJournal = (path: string): Problem =>
  storeProblem(path, { ...foreign, why: 'it is a database of something else' });

export const keptBusy = (path: string, milliseconds: number): Problem =>
  storeProblem(path, {
    what: 'The journal is locked by another process',
    why: `it could not be written for ${Math.round(milliseconds / 1_000)} seconds`,
    fix: 'Find who keeps it open in a transaction, for example an sqlite3 shell: `fuser` on the file tells',
    retry: true,
  });

export const replaced = (path: string): Problem =>
  storeProblem(path, {
    what: 'The journal was moved, deleted or replaced while it was open',
    fix: 'Put it back, or run the command again: it goes on with the journal that is there now',
  });
