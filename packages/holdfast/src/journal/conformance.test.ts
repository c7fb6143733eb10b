import { afterAll, beforeAll, describe } from 'vitest';
import { journalConformance } from './conformance/journal.ts';
import { type Cluster, hasPostgres, howToHavePostgres, startCluster } from './postgres/testing/cluster.ts';
import { postgresGround } from './postgres/testing/ground.ts';
import { sqliteGround } from './sqlite/ground.fixture.ts';

let cluster: Cluster;
beforeAll(async () => {
  if (hasPostgres) cluster = await startCluster();
});
afterAll(() => cluster?.[Symbol.asyncDispose]());

const stores = {
  SQLite: { isHere: true, open: sqliteGround },
  PostgreSQL: { isHere: hasPostgres, open: () => postgresGround(cluster) },
};

for (const [name, { isHere, open }] of Object.entries(stores))
  describe.skipIf(!isHere)(isHere ? 'a store' : howToHavePostgres, () => journalConformance(name, open));
