import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Fact, type FactKind, isFact, type StoredFact } from '../../packages/holdfast/src/journal/fact.ts';
import type { Journal } from '../../packages/holdfast/src/journal/journal.ts';
import { openPostgresJournal } from '../../packages/holdfast/src/journal/postgres/journal.ts';
import type { Cluster } from '../../packages/holdfast/src/journal/postgres/testing/cluster.ts';
import { openSqliteJournal } from '../../packages/holdfast/src/journal/sqlite-journal.ts';
import type { Project } from './project.ts';

/** As the default, and with the journal where {@link openBooks} finds it. */
export const configWithJournal = (journal = './journal.db'): string => `
import { defineConfig, environment } from 'holdfast/config';

export default defineConfig({
  environments: { local: environment({ ports: PORTS, subnets: 'SUBNETS', journal: '${journal}' }) },
});
`;

export const journalPath = ({ folder }: Pick<Project, 'folder'>): string => join(folder, 'journal.db');

/** The project's journal, read by a process that is not Holdfast's own. */
export function openBooks(project: Project): Promise<Journal> {
  return openSqliteJournal(journalPath(project), { stateFolder: join(project.folder, '.state', 'holdfast'), every: 5 });
}

/** Where stories have their projects keep journals. */
export interface Bookcase {
  /** holdfast.config.ts of a new project, or of a colleague's folder of the same. */
  config(like?: Project): string;
  open(project: Project): Promise<Journal>;
}

/** Each project in a file of its own. */
export const onDisk: Bookcase = {
  config: like => configWithJournal(like && journalPath(like)),
  open: openBooks,
};

/** Each project in a schema of its own of one database. */
export const inDatabase = (cluster: Cluster): Bookcase => ({
  config: () => configWithJournal(cluster.url('postgres', '?schema=NAME')),
  open: ({ folder, name }) =>
    openPostgresJournal(cluster.url('postgres', `?schema=${name}`), {
      stateFolder: join(folder, '.state', 'holdfast'),
    }),
});

/** All facts of a kind, in order. */
export async function factsOf<K extends FactKind>(
  project: Project,
  kind: K,
  open = openBooks,
): Promise<readonly Fact<K>[]> {
  await using books = await open(project);
  const facts = await Array.fromAsync(books.read({ kinds: [kind] }));
  return facts.filter(fact => isFact(fact, kind));
}

/** Resolves when so many facts that fit have come after a place, or with the signal. */
export async function untilFact(
  books: Journal,
  after: number,
  fits: (fact: StoredFact) => boolean,
  { count = 1, signal }: { count?: number; signal: AbortSignal },
): Promise<void> {
  let missing = count;
  for await (const fact of books.follow(after, signal)) {
    if (fits(fact)) missing -= 1;
    if (missing <= 0) return;
  }
}

export interface LeaseRow {
  readonly name: string;
  /** Whether somebody has it, in time or not. */
  readonly held: boolean;
}

/** The leases as they stand in the file: their names are the command line's own business. */
export function leaseRows(project: Project): readonly LeaseRow[] {
  const file = new DatabaseSync(journalPath(project), { readOnly: true });
  try {
    const rows = file.prepare('select name, owner from leases').all();
    return rows.map(({ name, owner }) => ({ name: String(name), held: owner !== null }));
  } finally {
    file.close();
  }
}

/** Polls; throws after its patience. */
export async function until(what: string, holds: () => Promise<boolean> | boolean, patience = 30_000): Promise<void> {
  const end = performance.now() + patience;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not so within ${patience} ms: ${what}`);
    await sleep(20);
  }
}
