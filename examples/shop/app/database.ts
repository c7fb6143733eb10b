import pg from 'pg';
import { say } from './log.ts';
import type { Settings } from './settings.ts';

export type Database = pg.Pool;

export function openDatabase({ host, port, name, user, password, authority }: Settings['database']): Database {
  const pool = new pg.Pool({
    host,
    port,
    database: name,
    user,
    password,
    // What libpq calls verify-full: by a certificate of this authority, and under this very name.
    ssl: { ca: authority },
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    // Also where the server is not there any more to end it.
    query_timeout: 12_000,
  });
  // A connection that breaks while nobody uses it is no reason to die: the pool opens another.
  pool.on('error', error => say('a database connection broke', { reason: error.message }));
  return pool;
}

/** Undefined when the database answers, else why it does not. */
export async function whyUnreachable(database: Database): Promise<string | undefined> {
  try {
    await database.query('select 1');
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** A connection that was refused at several addresses has its reasons inside, and no message of its own. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
