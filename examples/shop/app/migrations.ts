import { readdirSync, readFileSync } from 'node:fs';
import type { PoolClient } from 'pg';
import type { Database } from './database.ts';
import { inOrder } from './numbered.ts';

const folder = new URL('migrations/', import.meta.url);

// Any number will do, as long as everyone who migrates this database takes the same.
const lock = 7_405_001;

/** Runs what has not run yet, all or nothing, and tells which. Of several at once, one works and the others wait. */
export async function migrate(database: Database): Promise<readonly string[]> {
  const client = await database.connect();
  try {
    await client.query('begin; set local statement_timeout = 0');
    await client.query('select pg_advisory_xact_lock($1)', [lock]);
    const missing = await notYetRun(client);
    for (const file of missing) await run(client, file);
    await client.query('commit');
    return missing;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function notYetRun(client: PoolClient): Promise<readonly string[]> {
  await client.query('create table if not exists migrations (file text primary key, ran_at timestamptz default now())');
  const { rows } = await client.query<{ file: string }>('select file from migrations');
  const ran = new Set(rows.map(row => row.file));
  return inOrder(readdirSync(folder)).filter(file => !ran.has(file));
}

async function run(client: PoolClient, file: string): Promise<void> {
  await client.query(readFileSync(new URL(file, folder), 'utf8'));
  await client.query('insert into migrations (file) values ($1)', [file]);
}
