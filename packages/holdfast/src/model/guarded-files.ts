import { posix } from 'node:path';

/**
 * Where secrets lie by custom. A container has it read-only, so that not even a process that is root in there can change
 * them, and on disk, so that they are there again after every restart.
 */
export const guardedFolder = '/run/secrets';

/** Files and mounts of a container, by absolute path. */
interface Run {
  readonly files: Readonly<Record<string, unknown>>;
  readonly mounts: Readonly<Record<string, unknown>>;
}

/** The files that are guarded. None where a volume is mounted there by declaration: that one has it its way. */
export const guardedFiles = ({ files, mounts }: Run): readonly string[] =>
  Object.keys(mounts).some(path => isWithin(path, guardedFolder) || isWithin(guardedFolder, path))
    ? []
    : Object.keys(files).filter(path => isWithin(posix.dirname(path), guardedFolder));

export const hasGuarded = (run: Run): boolean => guardedFiles(run).length > 0;

/** The other files. */
export function looseFiles(run: Run): readonly string[] {
  const guarded = new Set(guardedFiles(run));
  return Object.keys(run.files).filter(path => !guarded.has(path));
}

/** Whether a path is a folder, or in it. */
export const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
