import type pg from 'pg';
import { randomId } from '../../../kit/id.ts';
import { newerFormat } from '../../store/problems.ts';
import type { Address } from '../connection/address.ts';
import { isMissing, wrongEncoding } from '../connection/problems.ts';
import { type Migration, migrations } from './migrations.ts';

interface Found {
  readonly id: string;
  readonly format: number;
}

/** Recognises the journal in a schema and gives its id; brings it to the format of this version first. */
export async function ensureSchema(pool: pg.Pool, address: Address, steps = migrations): Promise<string> {
  const found = await foundIn(pool, address);
  if (found?.format === steps.length) return found.id;
  if (found && found.format > steps.length) throw newerFormat(address.shown, found.format, steps.length);
  await migrate(pool, address, steps);
  return ensureSchema(pool, address, steps);
}

/** Undefined where there is no journal yet. */
export async function foundIn(asked: Pick<pg.ClientBase, 'query'>, { schema }: Address): Promise<Found | undefined> {
  try {
    return (await asked.query<Found>(`select id, format from ${schema}.journal`)).rows[0];
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** One at a time, by a lock that needs no table; who comes second finds the work done. */
async function migrate(pool: pg.Pool, address: Address, steps: readonly Migration[]): Promise<void> {
  const client = await pool.connect();
  let failed = true;
  try {
    await client.query('begin isolation level read committed read write; set local synchronous_commit = on');
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`holdfast journal ${address.schema}`]);
    await step(client, address, steps);
    await client.query('commit');
    failed = false;
  } finally {
    client.release(failed);
  }
}

async function step(client: pg.PoolClient, address: Address, steps: readonly Migration[]): Promise<void> {
  const { schema } = address;
  const isThere = await client.query('select to_regclass($1) is not null as there', [`${schema}.journal`]);
  const found = isThere.rows[0]?.there ? await foundIn(client, address) : undefined;
  if (!found) await prepare(client, address);
  for (const migration of steps.slice(found?.format ?? 0)) await client.query(migration(schema));
  if (!found) await client.query(`insert into ${schema}.journal (id, format) values ($1, 0)`, [randomId()]);
  await client.query(`update ${schema}.journal set format = $1 where format < $1`, [steps.length]);
}

/** Asking for a schema that is there already would need the right to make one. */
async function prepare(client: pg.PoolClient, { schema, shown }: Address): Promise<void> {
  const { rows } = await client.query(
    `select current_setting('server_encoding') as encoding, to_regnamespace($1) is not null as there`,
    [schema],
  );
  if (rows[0]?.encoding !== 'UTF8') throw wrongEncoding(shown, String(rows[0]?.encoding));
  if (!rows[0]?.there) await client.query(`create schema ${schema}`);
}
