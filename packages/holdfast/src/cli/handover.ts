import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findProject } from './ground/project.ts';
import { packageFolder } from './version.ts';

/**
 * The project's own copy of the package, when it has another one: a project is worked on with the version that it was
 * written for, whichever one the person typed.
 */
export function otherCopy(argv: readonly string[], cwd: string, own = packageFolder): string | undefined {
  const project = findProject(cwd, fileIn(argv));
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
