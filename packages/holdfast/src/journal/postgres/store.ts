import type pg from 'pg';
import { closed } from '../store/problems.ts';
import type { Row } from '../store/rows.ts';
import type { Address } from './connection/address.ts';
import { patiently } from './connection/patience.ts';
import { openPool } from './connection/pool.ts';
import { asStoreProblem } from './connection/problems.ts';
import { ensureSchema } from './schema/migrate.ts';

/** What a statement is asked of. */
export type Asked = Pick<pg.ClientBase, 'query'>;

/** A journal's schema in a database. */
export interface Store {
  readonly address: Address;
  /** The journal's own id, made with it. */
  readonly journal: string;
  /** A table's name with that of the schema. */
  readonly tables: Tables;
  /** Statements that come to the same when they are run twice, and need no common moment. */
  run<T>(act: (on: Asked) => Promise<T>): Promise<T>;
  /**
   * A transaction: durable as a whole when it resolves, or not there at all. Where the connection is lost, `act` is run
   * again on another one. A statement to open it with goes out with its beginning, which saves waiting for the answer once.
   */
  transact<T>(act: (on: Asked, turn: Turn) => Promise<T>, opening?: string): Promise<T>;
  close(): Promise<void>;
}

export interface Turn {
  /** Above 0 after a connection was lost: what was done before may be there or not. */
  readonly tries: number;
  /** What the opening statement gave. */
  readonly row: Row | undefined;
}

export interface Tables {
  readonly journal: string;
  readonly facts: string;
  readonly heads: string;
  readonly leases: string;
}

export const tablesIn = (schema: string): Tables => ({
  journal: `${schema}.journal`,
  facts: `${schema}.facts`,
  heads: `${schema}.heads`,
  leases: `${schema}.leases`,
});

/**
 * Opens the journal in a database, and makes its schema where there is none. Throws a Problem where it can't. `lasting` is
 * for how long to try what a lost connection cut short, and to wait for a turn, in milliseconds: a database that fails over
 * is back by then. For the opening a person waits, and has a typing error in the URL more often than a failover.
 */
export async function openStore(address: Address, lasting = 30_000): Promise<Store> {
  const pool = openPool(address, lasting);
  try {
    const journal = await patiently(() => ensureSchema(pool, address), Math.min(lasting, 5_000));
    return new PostgresStore(pool, address, journal, lasting);
  } catch (error) {
    await pool.end();
    throw asStoreProblem(error, address.shown);
  }
}

/**
 * Whatever the database's own settings are: each statement sees what was committed before it, a commit is on the disk, who
 * can't have his turn in time gives up, and not before, and who falls silent in the middle loses it, since all other writers
 * wait for him. What he sends must be here within that time: some megabytes on a slow line.
 */
const beginWithin = (milliseconds: number): string => `
  begin isolation level read committed read write;
  set local synchronous_commit = on;
  set local lock_timeout = ${milliseconds};
  set local idle_in_transaction_session_timeout = 10000;
  set local statement_timeout = 0;
`;

class PostgresStore implements Store {
  readonly address: Address;
  readonly journal: string;
  readonly tables: Tables;
  readonly #pool: pg.Pool;
  readonly #lasting: number;

  constructor(pool: pg.Pool, address: Address, journal: string, lasting: number) {
    this.#pool = pool;
    this.address = address;
    this.journal = journal;
    this.tables = tablesIn(address.schema);
    this.#lasting = lasting;
  }

  run<T>(act: (on: Asked) => Promise<T>): Promise<T> {
    return this.#patiently(act);
  }

  transact<T>(act: (on: Asked, turn: Turn) => Promise<T>, opening = 'select 1'): Promise<T> {
    return this.#patiently(async (on, tries) => {
      const begun: unknown = await on.query(beginWithin(this.#lasting) + opening);
      const row = (begun as pg.QueryResult[]).at(-1)?.rows[0];
      const result = await act(on, { tries, row });
      await on.query('commit');
      return result;
    });
  }

  async close(): Promise<void> {
    if (!this.#pool.ended) await this.#pool.end();
  }

  async #patiently<T>(act: (on: Asked, tries: number) => Promise<T>): Promise<T> {
    try {
      return await patiently(tries => this.#connected(on => act(on, tries)), this.#lasting);
    } catch (error) {
      throw asStoreProblem(error, this.address.shown);
    }
  }

  /** A connection on which something failed is closed, which ends its transaction as well. */
  async #connected<T>(act: (on: Asked) => Promise<T>): Promise<T> {
    if (this.#pool.ending) throw closed(this.address.shown);
    const client = await this.#pool.connect();
    let failed = true;
    try {
      const result = await act(client);
      failed = false;
      return result;
    } finally {
      client.release(failed);
    }
  }
}
