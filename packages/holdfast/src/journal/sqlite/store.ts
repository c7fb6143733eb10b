import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { closed } from '../store/problems.ts';
import { type Patience, patiently } from './patience.ts';
import { asStoreProblem, replaced } from './problems.ts';
import { journalIdOf } from './schema.ts';

/** One connection to a journal's file. */
export interface Store {
  readonly path: string;
  /** The journal's own id, made with it. */
  readonly journal: string;
  /** A statement, prepared once. Only inside of {@link Store.run} and {@link Store.transact}. */
  prepare(sql: string): StatementSync;
  /** One statement, or reads that need no common moment. */
  run<T>(act: () => T): Promise<T>;
  /** A transaction that may write: durable as a whole when it resolves, or not there at all. `act` may run twice. */
  transact<T>(act: () => T): Promise<T>;
  close(): void;
}

/** Opens the journal's file, and makes it where there is none. Throws a Problem where it can't. */
export async function openStore(path: string, lasting = 20_000): Promise<Store> {
  try {
    makeFile(path);
    return await connect(path, { path, lasting });
  } catch (error) {
    throw asStoreProblem(error, path);
  }
}

async function connect(path: string, patience: Patience): Promise<Store> {
  const database = new DatabaseSync(path);
  try {
    const journal = await patiently(() => journalIdOf(database, path), patience);
    database.exec(lastingSettings);
    return new SqliteStore(database, journal, patience);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Durable through a power cut, on macOS too, where a plain fsync stops at the disk's cache; what is deleted is wiped. */
const lastingSettings = `
  pragma synchronous = full;
  pragma fullfsync = on;
  pragma checkpoint_fullfsync = on;
  pragma secure_delete = on;
`;

class SqliteStore implements Store {
  readonly path: string;
  readonly journal: string;
  readonly #database: DatabaseSync;
  readonly #patience: Patience;
  readonly #statements = new Map<string, StatementSync>();
  readonly #file: string;

  constructor(database: DatabaseSync, journal: string, patience: Patience) {
    this.path = patience.path;
    this.journal = journal;
    this.#database = database;
    this.#patience = patience;
    this.#file = fileAt(this.path);
  }

  prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }

  async run<T>(act: () => T): Promise<T> {
    try {
      return await patiently(() => this.#whileThere(act), this.#patience);
    } catch (error) {
      throw asStoreProblem(error, this.path);
    }
  }

  transact<T>(act: () => T): Promise<T> {
    return this.run(() => {
      this.prepare('begin immediate').run();
      try {
        const result = act();
        this.prepare('commit').run();
        return result;
      } catch (error) {
        if (this.#database.isTransaction) this.prepare('rollback').run();
        throw error;
      }
    });
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  /** A file that was deleted can still be written, and nobody would ever read it. */
  #whileThere<T>(act: () => T): T {
    if (!this.#database.isOpen) throw closed(this.path);
    if (fileAt(this.path) !== this.#file) throw replaced(this.path);
    return act();
  }
}

function fileAt(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? `${found.dev}:${found.ino}` : '';
}

/** SQLite would make it readable by all. Its files beside it take over its mode. */
function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    closeSync(openSync(path, 'ax', 0o600));
    syncFolder(dirname(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Or a power cut may take the new file's name. */
function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
