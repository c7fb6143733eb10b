import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type JournalPlace, journalAt } from '../../journal/journal-at.ts';
import type { Environment } from '../../model/environment/environment.ts';

/** Where a project keeps what is its own and not code. */
export interface StateFolders {
  readonly journal: JournalPlace;
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
  journal: journalAt(journalLocation(root, environment)),
  secrets: {
    shared: join(root, 'secrets', `${environment.name}.age`),
    own: join(root, '.holdfast', environment.name, 'secrets.age'),
    clear: join(root, '.holdfast', environment.name, 'secrets'),
  },
  hashes: join(root, '.holdfast/cache/hashes.json'),
});

/** Makes the project's state folder, out of version control's sight. */
export async function makeState(root: string): Promise<void> {
  const ignore = join(root, '.holdfast/.gitignore');
  if (existsSync(ignore)) return;
  await mkdir(dirname(ignore), { recursive: true, mode: 0o700 });
  await writeFile(ignore, '*\n');
}

function journalLocation(root: string, { name, journal }: Environment): string {
  if (journal === undefined) return join(root, '.holdfast', name, 'journal.db');
  if (/^postgres(ql)?:/.test(journal)) return journal;
  return resolve(root, journal.replace(/^(sqlite|file):(\/\/)?/, ''));
}
