import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe } from 'vitest';
import type { JournalGround } from '../conformance/journal.ts';
import { type Cluster, hasPostgres, howToHavePostgres, startCluster } from '../postgres/testing/cluster.ts';
import { postgresGround } from '../postgres/testing/ground.ts';
import { sqliteGround } from '../sqlite/ground.fixture.ts';

/** A journal that somebody gets at past Holdfast, with every right. */
export interface OpenToHands extends JournalGround {
  readonly stateFolder: string;
  /** Statements that both databases understand, and whose rows are the last one's. */
  byHand(sql: string): Promise<Record<string, unknown>[]>;
  /** What makes the next writer go on from the last fact that is there. */
  readonly forgetTheEnd: string;
}

export interface StoreUnderTest {
  readonly name: string;
  open(): Promise<OpenToHands>;
}

/** Tests of what every store does: SQLite, and PostgreSQL where this machine has it. */
export function onEachStore(tests: (store: StoreUnderTest) => void): void {
  describe('SQLite', () => tests({ name: 'SQLite', open: inSqlite }));
  describe.skipIf(!hasPostgres)(hasPostgres ? 'PostgreSQL' : `PostgreSQL ${howToHavePostgres}`, () => {
    let cluster: Cluster;
    beforeAll(async () => {
      cluster = await startCluster();
    });
    afterAll(() => cluster[Symbol.asyncDispose]());
    tests({ name: 'PostgreSQL', open: () => inPostgres(cluster) });
  });
}

async function inSqlite(): Promise<OpenToHands> {
  const ground = await sqliteGround();
  return {
    ...ground,
    forgetTheEnd: '',
    async byHand(sql) {
      using raw = new DatabaseSync(ground.path, { timeout: 1_000 });
      const last = sql.lastIndexOf(';') + 1;
      raw.exec(sql.slice(0, last));
      return raw.prepare(sql.slice(last)).all();
    },
  };
}

async function inPostgres(cluster: Cluster): Promise<OpenToHands> {
  const ground = await postgresGround(cluster);
  return {
    ...ground,
    forgetTheEnd: '; update journal set (seq, hash) = (select seq, hash from facts order by seq desc limit 1)',
    async byHand(sql) {
      const results = await cluster.query(
        `set session_replication_role = replica; set search_path = ${ground.schema}; ${sql}`,
      );
      return ([results].flat().at(-1) as typeof results).rows;
    },
  };
}
