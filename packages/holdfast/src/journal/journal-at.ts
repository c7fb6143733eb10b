import { existsSync } from 'node:fs';
import type { Journal } from './journal.ts';
import { addressOf } from './postgres/connection/address.ts';
import { openSqliteJournal } from './sqlite-journal.ts';

/** Where a journal is, or will be. */
export interface JournalPlace {
  /** For people, and to tell one journal from another: a path, or a URL without its password. */
  readonly shown: string;
  /** Makes none. Throws a {@link Problem} where nobody can tell. */
  isThere(): Promise<boolean>;
  /** Opens it, and makes it where there is none. */
  open(): Promise<Journal>;
}

/** A journal in the store that keeps it: PostgreSQL for a `postgres://…` URL, else SQLite in the file of that path. */
export const journalAt = (location: string): JournalPlace =>
  /^postgres(ql)?:/.test(location) ? inPostgres(location) : inFile(location);

const inFile = (path: string): JournalPlace => ({
  shown: path,
  isThere: async () => existsSync(path),
  open: () => openSqliteJournal(path),
});

/** What speaks to PostgreSQL is loaded when it is asked for. */
const inPostgres = (url: string): JournalPlace => ({
  shown: addressOf(url).shown,
  isThere: async () => (await import('./postgres/journal.ts')).isPostgresJournal(url),
  open: async () => (await import('./postgres/journal.ts')).openPostgresJournal(url),
});
