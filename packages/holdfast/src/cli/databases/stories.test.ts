import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Instances } from '../../ports/instances.ts';
import { dockerDatabaseServers } from '../../providers/docker/database-servers.ts';
import { postgresProviders } from '../../providers/postgres/index.ts';
import { answers, mark, openServers, type Server, type Servers } from './testing/ground.ts';
import { hasPostgres } from './testing/image.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const signal = new AbortController().signal;

describe.runIf(hasPostgres)('what is inside of a real PostgreSQL', () => {
  let servers: Servers;
  let server: Server;
  beforeAll(async () => {
    servers = await openServers('pgs');
    server = await servers.serve('db', {
      settings: [
        'log_statement=all',
        'log_min_duration_statement=0',
        'shared_preload_libraries=pg_stat_statements',
        'pg_stat_statements.track=all',
      ],
    });
    await server.sql('create extension pg_stat_statements');
  });
  afterAll(() => servers?.[Symbol.asyncDispose]());

  /** A group with its database and who logs in. */
  async function shop(name: string, password: string) {
    const login = servers.login(name, name, password);
    await servers.roles.ensure(servers.role(name), undefined, signal);
    await servers.databases.ensure(servers.database(name, name), undefined, signal);
    return { login, user: `${name}_${mark(password)}`, seen: await servers.roles.ensure(login, undefined, signal) };
  }

  async function connected<T>(
    user: string,
    password: string,
    database: string,
    work: (client: pg.Client) => Promise<T>,
  ) {
    const client = new pg.Client({ host: await server.address(), user, password, database });
    await client.connect();
    return work(client).finally(() => client.end());
  }

  test('a password is changed under clients that keep coming, and none is refused', async () => {
    const before = await shop('rotated', 'the first password');
    const access = { user: before.user, password: 'the first password' };
    const outcome = { good: 0, bad: [] as string[] };
    let over = false;
    const client = async () => {
      while (!over) {
        const { user, password } = access;
        await connected(user, password, 'rotated', one => one.query('select current_user')).then(
          ({ rows }) => (rows[0]?.current_user === 'rotated' ? outcome.good++ : outcome.bad.push('acts as another')),
          error => outcome.bad.push(String(error)),
        );
      }
    };
    const clients = [client(), client()];
    const next = servers.login('rotated', 'rotated', 'the second password');
    expect(servers.roles.differences({ ...next, uid: before.login.uid }, before.seen)).toMatchObject([
      { aspect: 'name', mend: 'replace' },
    ]);
    await servers.roles.ensure(next, undefined, signal);
    Object.assign(access, { user: `rotated_${mark('the second password')}`, password: 'the second password' });
    // What an instance that is drained does: it finishes what it has.
    await pause(1_000);
    await servers.roles.remove(before.seen, signal);
    await pause(200);
    over = true;
    await Promise.all(clients);
    expect(outcome.bad).toEqual([]);
    expect(outcome.good).toBeGreaterThan(4);
    await expect(connected(before.user, 'the first password', 'rotated', async () => {})).rejects.toThrow(
      /authentication failed/,
    );
  });

  test('who goes leaves what it made: to its group, else to the owner of the database', async () => {
    const { user, seen } = await shop('owning', 'a password');
    await connected(user, 'a password', 'owning', client =>
      client.query(`create table as_group (); set role none; create schema mine; create table mine.as_itself (kept int);
        insert into mine.as_itself values (7); alter default privileges in schema mine grant select on tables to pg_monitor`),
    );
    const reports = await servers.roles.ensure(servers.role('reports'), undefined, signal);
    await server.sql(
      `create table theirs (); alter table theirs owner to reports; grant select on as_group to reports;
       create database theirs owner reports`,
      'owning',
    );
    await servers.roles.remove(seen, signal);
    await servers.roles.remove(reports, signal);
    expect(await server.sql('select kept from mine.as_itself', 'owning')).toBe('7');
    const owners = `select string_agg(relname || ' ' || pg_get_userbyid(relowner), ', ' order by relname)
      from pg_class where relname in ('as_group', 'as_itself', 'theirs')`;
    expect(await server.sql(owners, 'owning')).toBe('as_group owning, as_itself owning, theirs owning');
    expect(await server.sql(`select pg_get_userbyid(datdba) from pg_database where datname = 'theirs'`)).toBe(
      'postgres',
    );
    expect(await server.sql(`select count(*) from pg_roles where rolname in ('${user}', 'reports')`)).toBe('0');
  });

  test('no password and no verifier is in logs, statistics, command lines or what is told of a role', async () => {
    const told: string[] = [];
    const overheard: Instances = {
      ...servers.inside,
      run: (instance, command, ...rest) => {
        told.push(command.join(' '));
        return servers.inside.run(instance, command, ...rest);
      },
    };
    const { host, scope, reveal } = servers;
    const ground = { engine: 'local', scope, servers: dockerDatabaseServers(host), instances: overheard, reveal };
    const roles = postgresProviders(ground).find(({ kind }) => kind === 'role');
    await servers.roles.ensure(servers.role('silent'), undefined, signal);
    const login = servers.login('silent', 'silent', 'never-to-be-read');
    const seen = await roles?.ensure(login, undefined, signal);
    // A statement that fails is what PostgreSQL likes to log most.
    await server.sql(`drop role "${seen?.name}"; drop role silent`);
    await expect(roles?.ensure(login, undefined, signal)).rejects.toThrow(/refuses/);
    const statistics = await server.sql('select string_agg(query, chr(10)) from pg_stat_statements');
    const logs = await server.logs();
    expect(logs).toContain('statement: drop role silent');
    for (const text of [logs, statistics, told.join('\n'), JSON.stringify(seen)])
      expect(text.match(/never-to-be-read|SCRAM-SHA-256\$/)?.[0]).toBeUndefined();
    expect(JSON.stringify(seen)).toContain('"verifier":"verifier ');
  });

  test('an extension of an older version is told, and brought up to the one of the image', async () => {
    await shop('versions', 'a password');
    const declared = servers.extension('pg_trgm', 'versions');
    await server.sql(`create extension pg_trgm version '1.4'`, 'versions');
    const made = await servers.extensions.ensure(
      servers.extension('pg_trgm', 'versions', { version: '1.4' }),
      undefined,
      signal,
    );
    expect(servers.extensions.differences(declared, made)).toEqual([
      { aspect: 'version', found: '1.4', wanted: '1.6', mend: 'in-place' },
    ]);
    const mended = await servers.extensions.ensure(declared, made, signal);
    expect(mended.about).toMatch(/^extension pg_trgm 1\.6 /);
    await expect(
      servers.extensions.ensure({ ...declared, spec: { ...declared.spec, version: '1.3' } }, mended, signal),
    ).rejects.toThrow(/refuses/);
  });

  test('what a hand has made under a declared name is not taken over', async () => {
    await server.sql('create role handmade; create database handmade');
    await expect(servers.roles.ensure(servers.role('handmade'), undefined, signal)).rejects.toThrow(/not ours/);
    await expect(servers.databases.ensure(servers.database('handmade', 'postgres'), undefined, signal)).rejects.toThrow(
      /not ours/,
    );
    const found = (await servers.databases.observe(servers.scope)).find(({ name }) => name === 'handmade');
    expect(found).toMatchObject({ holdsData: true, about: expect.stringMatching(/^database handmade of cluster db/) });
    expect(found?.birth).toBeUndefined();
  });

  test('what no server told of when it was planned, or came with a backup from elsewhere, is the declared one', async () => {
    const elsewhere = servers.providersOf({ ...servers.scope, environment: 'production' }, servers.scope);
    const owner = await elsewhere.roles.ensure(servers.role('restored'), undefined, signal);
    const made = await elsewhere.databases.ensure(servers.database('restored', 'restored'), undefined, signal);
    await servers.roles.ensure(servers.role('restored'), undefined, signal);
    for (const declared of [servers.database('restored', 'restored'), servers.database('restored', 'restored')]) {
      const seen = await servers.databases.ensure(declared, undefined, signal);
      expect(seen).toMatchObject({ id: made.id, birth: { uid: declared.uid }, uses: [owner.id] });
    }
  });

  test('a standby is passed over, and a primary that is killed in the middle is waited for', async () => {
    await servers.serve('pair', { standby: true });
    const primary = await servers.serve('pair');
    const role = servers.role('patient');
    const desired = { ...role, spec: { ...role.spec, cluster: 'pair' } };
    await primary.container.kill();
    const made = servers.roles.ensure(desired, undefined, signal);
    await pause(2_000);
    await primary.container.start();
    expect((await made).id).toMatch(/^pair\/role\//);
    await answers(primary);
    expect(await primary.sql(`select count(*) from pg_roles where rolname = 'patient'`)).toBe('1');
  });

  test('of two that take writes the newer one is asked: the other one is about to go', async () => {
    const [older, newer] = [await servers.serve('followed'), await servers.serve('followed')];
    const role = { ...servers.role('late'), spec: { ...servers.role('late').spec, cluster: 'followed' } };
    await servers.roles.ensure(role, undefined, signal);
    const isIn = (one: Server) => one.sql(`select count(*) from pg_roles where rolname = 'late'`);
    expect([await isIn(older), await isIn(newer)]).toEqual(['0', '1']);
    for (const { container } of [older, newer]) await container.remove({ force: true, v: true });
  });

  test('what is in no server is not there, and who is gone with its server is gone', async () => {
    const gone = servers.providersOf({ ...servers.scope, environment: 'nowhere' }, undefined, 500);
    expect(await gone.databases.observe(servers.scope)).toEqual([]);
    const { seen } = await shop('gone', 'a password');
    await gone.roles.remove(seen, signal);
    await expect(gone.roles.ensure(servers.role('gone'), undefined, signal)).rejects.toThrow(
      /no server of cluster "db"/,
    );
  });
});
