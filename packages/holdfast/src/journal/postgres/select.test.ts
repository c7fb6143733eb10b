import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FactQuery } from '../journal.ts';
import { factColumns } from '../store/rows.ts';
import { addressOf } from './connection/address.ts';
import { openPool } from './connection/pool.ts';
import { ensureSchema } from './schema/migrate.ts';
import { selectPage } from './select.ts';
import { type Cluster, hasPostgres, howToHavePostgres, startCluster } from './testing/cluster.ts';

let cluster: Cluster;
beforeAll(async () => {
  if (!hasPostgres) return;
  cluster = await startCluster();
  await fill();
});
afterAll(() => cluster?.[Symbol.asyncDispose]());

/** 50,000 facts in two environments and 500 releases; two kinds are rare, as a release's beginning and end are. */
async function fill(): Promise<void> {
  const address = addressOf(cluster.url());
  const pool = openPool(address, 5_000);
  await ensureSchema(pool, address);
  await pool.end();
  await cluster.query(`
    insert into holdfast.facts (seq, id, at, actor, system, environment, release, kind, payload_hash, hash, salt, payload)
      select n, 'fact' || n, '', 'ada', 'shop', case n % 2 when 0 then 'local' else 'staging' end, 'r' || n / 100,
        case n % 1000 when 2 then 'rare' when 4 then 'rarer' else 'usual' end, '', '', '', '{}' from generate_series(1, 50000) as n;
    analyze holdfast.facts`);
}

async function planOf(query: FactQuery): Promise<string> {
  const { sql, values } = selectPage('holdfast.facts', factColumns, query, 500);
  const literal = sql.replace(/\$(\d+)/g, (_, at) =>
    typeof values[at - 1] === 'number' ? `${values[at - 1]}` : `'${values[at - 1]}'`,
  );
  const { rows } = await cluster.query(`explain ${literal}`);
  return rows.map(row => row['QUERY PLAN']).join('\n');
}

const scope = { system: 'shop', environment: 'local' };

describe.skipIf(!hasPostgres)(hasPostgres ? 'found without a walk through all are' : howToHavePostgres, () => {
  test.each<[string, FactQuery, RegExp]>([
    ['rare kinds of an environment', { ...scope, kinds: ['rare', 'rarer'], after: 4 }, /(facts_by_kind[\s\S]*){2}/],
    ['the newest of a rare kind', { ...scope, kinds: ['rare'], newestFirst: true, limit: 1 }, /facts_by_kind/],
    ['a usual kind of an environment', { ...scope, kinds: ['usual'], after: 4 }, /Index Scan using/],
    ["a release's facts", { ...scope, release: 'r7', after: 4 }, /facts_by_release/],
    ['a page of all', { after: 40_000, before: 49_000 }, /facts_pkey/],
    ['a page of an environment', { ...scope, after: 4 }, /facts_pkey/],
  ])('%s', async (_, query, way) => {
    const plan = await planOf(query);
    expect(plan).toMatch(way);
    expect(plan).not.toMatch(/Seq Scan/);
  });
});
