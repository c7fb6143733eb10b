import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findProject, type Project } from './ground/project.ts';
import { packageFolder } from './version.ts';

/** The project that a command line is about, if any. */
export const projectOf = (argv: readonly string[], cwd: string): Project | undefined => findProject(cwd, fileIn(argv));

/**
 * The project's own copy of the package, when it has another one: a project is worked on with the version that it was
 * written for, whichever one the person typed.
 */
export function otherCopy(project: Project | undefined, own = packageFolder): string | undefined {
  if (!project) return undefined;
  const theirs = installedIn(project.root);
  return theirs && theirs !== realpathSync(own) ? join(theirs, 'bin/holdfast.js') : undefined;
}

function installedIn(root: string): string | undefined {
  try {
    return realpathSync(dirname(createRequire(join(root, 'system.ts')).resolve('holdfast/package.json')));
  } catch {
    return undefined;
  }
}

/** Read by hand: what the options are is for the copy to say that is chosen. */
function fileIn(argv: readonly string[]): string | undefined {
  const at = argv.findIndex(word => word === '--file' || word.startsWith('--file='));
  const word = argv[at];
  return word?.includes('=') ? word.slice(word.indexOf('=') + 1) : at < 0 ? undefined : argv[at + 1];
}

/** Verbs that begin by evaluating the system. */
const evaluating = new Set(['plan', 'up', 'check', 'status', 'bake']);

/** Whether a command line will have system.ts evaluated: then the process for it starts while all else is loaded. */
export const evaluates = ([verb = '', ...rest]: readonly string[]): boolean =>
  evaluating.has(verb) && !rest.some(word => word === '--help' || word === '-h');
