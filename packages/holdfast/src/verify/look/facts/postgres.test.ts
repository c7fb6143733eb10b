import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PostgresFacts } from '../../../model/assertion/facts/postgres.ts';
import { judge } from '../../../model/assertion/judge.ts';
import type { Looked } from '../../../model/assertion/matcher.ts';
import type { PostgresPlace, SubjectSpec } from '../../../model/spec/subject-spec.ts';
import { askingOf } from '../asking.ts';
import { hasPostgres, openCluster } from '../testing/cluster.ts';

/** Left out where the machine has no PostgreSQL: it needs the package postgresql-15. */
describe.runIf(hasPostgres)('a PostgreSQL server', () => {
  let cluster: Awaited<ReturnType<typeof openCluster>>;
  beforeAll(async () => {
    cluster = await openCluster();
    run([
      'psql',
      '-U',
      'postgres',
      '-c',
      'create role "it\'s" login in role pg_monitor; create table t (a int, b text)',
    ]);
    run(['psql', '-U', 'postgres', '-c', "insert into t values (1, 'x'), (2, null)"]);
  });
  afterAll(() => cluster?.[Symbol.asyncDispose]());

  function run([program = '', ...words]: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(program, words, { env: cluster.env, encoding: 'utf8' });
    return { exitCode: status ?? 127, stdout, stderr };
  }

  const at: PostgresPlace = { database: 'postgres', user: 'postgres', port: 5432 };
  const look = (of: SubjectSpec) => {
    const asking = askingOf(of);
    return asking?.tells(run(asking.command(of)), of);
  };
  const query = (sql: string) => look({ type: 'postgres-query', at, query: sql });

  test('is told with what it is', () => {
    expect(look({ type: 'postgres', at })).toEqual({
      facts: { version: expect.stringMatching(/^15\.\d+$/), isStandby: false, standbys: [] },
    });
  });

  test('that takes no connection is known not to', () => {
    expect(look({ type: 'postgres', at: { ...at, port: 5433 } })).toEqual({
      missing: expect.stringMatching(/connection to server .* failed/),
    });
    expect(look({ type: 'postgres-role', at: { ...at, port: 5433 }, name: 'x' })).toHaveProperty('unknown');
  });

  test('answers queries with rows of columns, in their order, and of one name too', () => {
    expect(query('select a, b from t order by a;')).toEqual({
      facts: {
        rows: [
          [1, 'x'],
          [2, null],
        ],
      },
    });
    expect(query('select 1, 2 -- two')).toEqual({ facts: { rows: [[1, 2]] } });
    expect(query('with x as (select true) table x')).toEqual({ facts: { rows: [[true]] } });
    expect(query('select a from t where a > 9')).toEqual({ facts: { rows: [] } });
    expect(query('show max_connections')).toEqual({ facts: { rows: [['100']] } });
    expect(query('select from generate_series(1, 2000)')).toHaveProperty('facts.rows.length', 1_000);
  });

  test('is not changed by a query', () => {
    expect(query('with x as (delete from t returning a) select * from x')).toHaveProperty('unknown');
    expect(query("select nextval('nothing')")).toHaveProperty('unknown');
    expect(query('select count(*)::int from t')).toEqual({ facts: { rows: [[2]] } });
  });

  test('tells of roles, extensions and settings, and which it does not have', () => {
    expect(look({ type: 'postgres-role', at, name: "it's" })).toEqual({
      facts: {
        superuser: false,
        login: true,
        replication: false,
        createRole: false,
        createDatabase: false,
        memberOf: ['pg_monitor'],
      },
    });
    expect(look({ type: 'postgres-role', at, name: 'nobody' })).toEqual({ missing: 'it has none of this name' });
    expect(look({ type: 'postgres-extension', at, name: 'plpgsql' })).toEqual({ facts: { version: '1.0' } });
    expect(look({ type: 'postgres-setting', at, name: 'Shared_Buffers' })).toEqual({
      facts: { value: '128MB', pendingRestart: false },
    });
    expect(look({ type: 'postgres-setting', at, name: 'no_such' })).toHaveProperty('missing');
  });

  test('that is a standby is in time only as long as it follows somebody', { timeout: 30_000 }, async () => {
    const standby: SubjectSpec = { type: 'postgres', at: { ...at, port: 5434 } };
    const inTime = { of: standby, matcher: 'hasLagBelow', given: ['10m'] } as const;
    const seen = () => look(standby) as Looked<PostgresFacts>;
    const streams = { facts: expect.objectContaining({ isStandby: true, follows: true, lag: expect.any(Number) }) };
    await cluster.follow(5434);
    await expect.poll(seen, { timeout: 10_000 }).toEqual(streams);
    expect(judge({ ...inTime, negated: false }, seen())).toMatchObject({ ok: true });
    expect(look({ type: 'postgres', at })).toMatchObject({ facts: { isStandby: false, lag: expect.any(Number) } });
    await cluster.stopPrimary();
    await expect.poll(seen, { timeout: 10_000 }).not.toEqual(streams);
    const found = 'it follows nobody, so that it does not know how far it is behind';
    for (const negated of [false, true])
      expect(judge({ ...inTime, negated }, seen())).toMatchObject({ ok: false, found });
  });
});
