import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JournalGround } from '../conformance/journal.ts';
import type { Journal } from '../journal.ts';
import { openSqliteJournal, type SqliteJournalOptions } from '../sqlite-journal.ts';

/** A journal in a folder of its own, with the state of a machine of its own beside it. */
export interface SqliteGround extends JournalGround {
  readonly folder: string;
  readonly path: string;
  readonly stateFolder: string;
  journal(options?: SqliteJournalOptions): Promise<Journal>;
}

export async function sqliteGround(): Promise<SqliteGround> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-journal-'));
  return {
    ...groundIn(folder),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

function groundIn(folder: string) {
  const path = join(folder, 'journal', 'journal.db');
  return {
    folder,
    path,
    stateFolder: join(folder, 'state'),
    door: { module: import.meta.url, location: folder },
    journal: (options?: SqliteJournalOptions) => openJournal(folder, options),
  };
}

/** What the door of a {@link SqliteGround} leads to. */
export const openJournal = (folder: string, options: SqliteJournalOptions = {}): Promise<Journal> =>
  openSqliteJournal(join(folder, 'journal', 'journal.db'), { stateFolder: join(folder, 'state'), ...options });
