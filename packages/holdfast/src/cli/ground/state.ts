import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { exitCode, Problem } from '../../kit/problem.ts';
import type { Environment } from '../../model/environment/environment.ts';

/** Where a project keeps what is its own and not code. */
export interface StateFolders {
  readonly journal: string;
  readonly secrets: SecretPlaces;
  readonly hashes: string;
}

/** Where the secrets of an environment may lie. */
export interface SecretPlaces {
  /** In the repository: those of a team. */
  readonly shared: string;
  /** In the state: those of one person. */
  readonly own: string;
  /** In the state, in clear, as an earlier version had them. */
  readonly clear: string;
}

export const stateOf = (root: string, environment: Environment): StateFolders => ({
  journal: journalPath(root, environment),
  secrets: {
    shared: join(root, 'secrets', `${environment.name}.age`),
    own: join(root, '.holdfast', environment.name, 'secrets.age'),
    clear: join(root, '.holdfast', environment.name, 'secrets'),
  },
  hashes: join(root, '.holdfast/cache/hashes.json'),
});

/** Makes the project's state folder, out of version control's sight, and the folder of the journal. */
export async function makeState(root: string, { journal }: StateFolders): Promise<void> {
  await mkdir(dirname(journal), { recursive: true, mode: 0o700 });
  const ignore = join(root, '.holdfast/.gitignore');
  if (existsSync(ignore)) return;
  await mkdir(dirname(ignore), { recursive: true, mode: 0o700 });
  await writeFile(ignore, '*\n');
}

function journalPath(root: string, { name, journal }: Environment): string {
  if (journal === undefined) return join(root, '.holdfast', name, 'journal.db');
  if (/^postgres(ql)?:/.test(journal)) throw notYet(name);
  return resolve(root, journal.replace(/^(sqlite|file):(\/\/)?/, ''));
}

const notYet = (environment: string): Problem =>
  new Problem({
    what: `environment "${environment}" keeps its journal in PostgreSQL, which is not there yet`,
    where: 'holdfast.config.ts',
    why: 'PostgreSQL journal comes later; SQLite is what this version knows',
    fix: "give it a path, journal: './holdfast.db', and let one machine run \"up\" for everybody: a CI runner or a bastion (SQLite can't be shared by several machines)",
    exit: exitCode.wrongUse,
  });
