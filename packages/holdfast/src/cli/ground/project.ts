import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { exitCode, Problem } from '../../kit/problem.ts';

export interface Project {
  /** The folder of system.ts. */
  readonly root: string;
  readonly file: string;
}

const names = ['system.ts', 'system.mts', 'system.js', 'system.mjs'];

/** The project of the named file or folder, else the one that a folder is in. */
export function findProject(cwd: string, named?: string): Project | undefined {
  if (named !== undefined) return namedProject(resolve(cwd, named));
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const file = fileIn(folder);
    if (file) return { root: folder, file };
    if (dirname(folder) === folder) return undefined;
  }
}

/** As {@link findProject}; throws a Problem where there is none. */
export function mustFindProject(cwd: string, named?: string): Project {
  const found = findProject(cwd, named);
  if (found) return found;
  throw new Problem({
    what: named === undefined ? 'there is no system.ts here' : `there is no ${named}`,
    where: resolve(cwd, named ?? '.'),
    why:
      named === undefined
        ? 'it was looked for in this folder and in all above it'
        : '--file names the file that declares the system, or its folder',
    fix:
      named === undefined
        ? 'go to your project, or start one here with `holdfast init`'
        : 'see whether the path is right',
    exit: exitCode.wrongUse,
  });
}

const fileIn = (folder: string): string | undefined => names.map(name => join(folder, name)).find(isFile);

function namedProject(path: string): Project | undefined {
  if (isFile(path)) return { root: dirname(path), file: path };
  const file = fileIn(path);
  return file === undefined ? undefined : { root: path, file };
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/** A name for a system that lives in the folder: `my-shop` of `/home/ada/My Shop`. */
export function labelOf(folder: string): string {
  const label = basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 30)
    .replace(/-+$/, '');
  return label || 'hello';
}
