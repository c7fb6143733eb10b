import { existsSync } from 'node:fs';
import type { Secret } from '../kit/secret.ts';
import type { Journal } from './journal.ts';
import { addressOf } from './postgres/connection/address.ts';
import { apartFor, wholeUrl } from './postgres/connection/elsewhere.ts';
import { openSqliteJournal } from './sqlite-journal.ts';

/** Where a journal is, or will be. */
export type JournalPlace = Way & (InFile | OnServer);

interface Way {
  /** For people, and to tell one journal from another: a path, or a URL without its password. */
  readonly shown: string;
  /** Makes none. Throws a {@link Problem} where nobody can tell. */
  isThere(): Promise<boolean>;
  /** Opens it, and makes it where there is none. */
  open(): Promise<Journal>;
}

export interface InFile {
  readonly kept: 'in-file';
  readonly path: string;
}

export interface OnServer {
  readonly kept: 'on-server';
  /** In words, why nobody finds it who is not of this machine. */
  readonly apart?: string;
  /** The URL with all that this process has from elsewhere, its password among it. */
  url(): Promise<Secret>;
}

/** A journal in the store that keeps it: PostgreSQL for a `postgres://…` URL, else SQLite in the file of that path. */
export const journalAt = (location: string): JournalPlace =>
  /^postgres(ql)?:/.test(location) ? inPostgres(location) : inFile(location);

const inFile = (path: string): JournalPlace => ({
  kept: 'in-file',
  path,
  shown: path,
  isThere: async () => existsSync(path),
  open: () => openSqliteJournal(path),
});

/** What speaks to PostgreSQL is loaded when it is asked for. */
function inPostgres(url: string): JournalPlace {
  const address = addressOf(url);
  const apart = apartFor(address);
  return {
    kept: 'on-server',
    ...(apart && { apart }),
    url: () => wholeUrl(address),
    shown: address.shown,
    isThere: async () => (await import('./postgres/journal.ts')).isPostgresJournal(url),
    open: async () => (await import('./postgres/journal.ts')).openPostgresJournal(url),
  };
}
