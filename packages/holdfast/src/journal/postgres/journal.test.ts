import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { stepDone, stepOf } from '../conformance/facts.ts';
import type { LeaseOwner } from '../fact.ts';
import { addressOf } from './connection/address.ts';
import { openPool } from './connection/pool.ts';
import { isPostgresJournal, openPostgresJournal } from './journal.ts';
import { ensureSchema } from './schema/migrate.ts';
import { migrations } from './schema/migrations.ts';
import { type Cluster, hasPostgres, howToHavePostgres, startCluster } from './testing/cluster.ts';
import { postgresGround } from './testing/ground.ts';

let cluster: Cluster;
beforeAll(async () => {
  if (hasPostgres) cluster = await startCluster();
});
afterAll(() => cluster?.[Symbol.asyncDispose]());
afterEach(() => vi.unstubAllEnvs());

const eve: LeaseOwner = { user: 'eve', host: 'elsewhere', boot: 'b', pid: 1, started: '1', doing: 'test' };

describe.skipIf(!hasPostgres)(hasPostgres ? 'a journal in PostgreSQL' : howToHavePostgres, () => {
  test.each([
    ['update facts set actor = $$eve$$', 'update of facts'],
    ['update facts set payload = $$x$$', 'update of facts'],
    ['update facts set payload = null, salt = null', 'update of facts'],
    ['update facts set payload = null, salt = null, redacted = $$x$$, seq = 9', 'update of facts'],
    ['delete from facts', 'delete of facts'],
    ['truncate facts', 'truncate of facts'],
    ['update heads set seq = 9', 'update of heads'],
    ['delete from heads', 'delete of heads'],
    ['truncate heads', 'truncate of heads'],
    ['update journal set seq = 0', 'update of journal'],
    ['update journal set id = $$x$$', 'update of journal'],
    ['delete from journal', 'delete of journal'],
  ])('is only ever appended to, by its owner as well: %s', async (sql, refused) => {
    await using ground = await postgresGround(cluster);
    await using journal = await ground.journal();
    await journal.append([stepDone('one')]);
    await expect(cluster.query(`set search_path = ${ground.schema}; ${sql}`)).rejects.toThrow(`${refused} is refused`);
    expect(await journal.verify()).toMatchObject({ whole: true, facts: 1 });
  });

  test('is in a schema of its own, which is there when it was opened, and not when it was asked for', async () => {
    await using ground = await postgresGround(cluster);
    expect(await isPostgresJournal(ground.url)).toBe(false);
    await (await ground.journal())[Symbol.asyncDispose]();
    expect(await isPostgresJournal(ground.url)).toBe(true);
    const { rows } = await cluster.query(`select count(*) from pg_tables where schemaname = 'public'`);
    expect(rows[0].count).toBe('0');
  });

  test('opened by ten at once where there is none is one journal', async () => {
    await using ground = await postgresGround(cluster);
    const journals = await Promise.all(Array.from({ length: 10 }, () => ground.journal()));
    await Promise.all(journals.map((journal, at) => journal.append([stepDone(`${at}`)])));
    expect(await journals[0]?.verify()).toMatchObject({ whole: true, facts: 10 });
    await Promise.all(journals.map(journal => journal[Symbol.asyncDispose]()));
  });

  test('of an older format is brought to the newer one, once, whoever comes at the same time', async () => {
    await using ground = await postgresGround(cluster);
    await (await ground.journal())[Symbol.asyncDispose]();
    const address = addressOf(ground.url);
    const next = [...migrations, (schema: string) => `create table ${schema}.more (x text)`];
    const pools = Array.from({ length: 6 }, () => openPool(address, 5_000));
    const ids = await Promise.all(pools.map(pool => ensureSchema(pool, address, next)));
    expect(new Set(ids).size).toBe(1);
    for (const pool of pools) await pool.end();
    await expect(ground.journal()).rejects.toMatchObject({
      exit: 3,
      parts: { where: address.shown, why: expect.stringContaining('2'), fix: expect.stringContaining('Update') },
    });
  });

  test('is not made among the tables of another', async () => {
    await using ground = await postgresGround(cluster);
    await cluster.query(`create schema ${ground.schema}; create table ${ground.schema}.facts (name text)`);
    await expect(ground.journal()).rejects.toMatchObject({ exit: 3, message: expect.stringContaining('not that of') });
    await cluster.query(`create table ${ground.schema}.journal (name text)`);
    await expect(ground.journal()).rejects.toMatchObject({ exit: 3, message: expect.stringContaining('not that of') });
  });

  test('is not made in a database that lacks characters', async () => {
    await cluster.query("create database old encoding 'LATIN1' locale 'C' template template0");
    await expect(openPostgresJournal(cluster.url('old'))).rejects.toMatchObject({
      exit: 3,
      parts: { why: expect.stringContaining('LATIN1') },
    });
  });

  test('gives nobody his turn by the clock of his machine: an hour ahead, a lease is held for as long', async () => {
    await using ground = await postgresGround(cluster);
    await using ahead = await ground.journal({ clock: () => Date.now() + 3_600_000 });
    await using mine = await ground.journal();
    expect(await mine.leases.take('shop', eve, 30_000)).toMatchObject({ taken: true });
    vi.useFakeTimers({ now: Date.now() + 3_600_000, toFake: ['Date'] });
    try {
      expect(await ahead.leases.take('shop', { ...eve, user: 'ada' }, 30_000)).toMatchObject({ taken: false });
      expect(await mine.leases.holds('shop', 1)).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  test('locked by somebody who goes on is a problem, and no more when he is done', async () => {
    await using ground = await postgresGround(cluster);
    await using journal = await ground.journal({ patience: 300 });
    const pool = openPool(addressOf(ground.url), 5_000);
    const other = await pool.connect();
    await other.query(`begin; select * from ${ground.schema}.journal for update`);
    await expect(journal.append([stepDone('lost')])).rejects.toMatchObject({
      exit: 3,
      message: expect.stringContaining('locked'),
    });
    other.release(true);
    await pool.end();
    await journal.append([stepDone('kept')]);
    expect((await Array.fromAsync(journal.read())).map(stepOf)).toEqual(['kept']);
  });

  test('is not for a role without rights, which is told so', async () => {
    await using ground = await postgresGround(cluster);
    await cluster.query("create role guest login password 'guest'");
    const url = ground.url.replace(/holdfast:[^@]+@/, 'guest:guest@');
    await expect(openPostgresJournal(url)).rejects.toMatchObject({
      exit: 3,
      parts: { fix: expect.stringContaining('grant') },
    });
    await (await ground.journal())[Symbol.asyncDispose]();
    await expect(openPostgresJournal(url)).rejects.toMatchObject({
      exit: 3,
      parts: { fix: expect.stringContaining('grant') },
    });
  });
});

describe.skipIf(!hasPostgres)(hasPostgres ? 'the way to a journal in PostgreSQL' : howToHavePostgres, () => {
  const opens = async (url: string): Promise<boolean> => {
    await using journal = await openPostgresJournal(url);
    return (await journal.head()) === 0;
  };
  const withoutPassword = (): string => cluster.url().replace(/:[^:@]+@/, '@');

  test('takes the password from the URL, from PGPASSWORD, or from the password file', async () => {
    expect(await opens(cluster.url())).toBe(true);
    vi.stubEnv('PGPASSWORD', cluster.password);
    expect(await opens(withoutPassword())).toBe(true);
    vi.stubEnv('PGPASSWORD', undefined);
    const file = join(cluster.folder, 'pgpass');
    await writeFile(file, `127.0.0.1:${cluster.port}:*:holdfast:${cluster.password}\n`, { mode: 0o600 });
    vi.stubEnv('PGPASSFILE', file);
    expect(await opens(withoutPassword())).toBe(true);
  });

  test('may be a socket in a folder', async () => {
    const url = `postgres://holdfast:${encodeURIComponent(cluster.password)}@/postgres?host=${cluster.folder}&port=${cluster.port}`;
    expect(await opens(url)).toBe(true);
  });

  test.each([
    ['with a wrong password', () => withoutPassword().replace('@', ':open-sesame@'), 'refuses the login'],
    ['without one', () => withoutPassword(), 'refuses the login'],
    ['to a database that is not there', () => cluster.url('nowhere'), 'no such database'],
    ['to a host that nobody knows', () => 'postgres://ada:open-sesame@db.invalid/x', 'not known'],
    ['to where nobody listens', () => 'postgres://ada:open-sesame@127.0.0.1:9/x', 'can’t be reached'],
    ['encrypted, to a server that is not', () => cluster.url('postgres', '?sslmode=require'), 'encrypted'],
  ])('%s is a problem that says what, and no password', async (_, url, words) => {
    vi.stubEnv('PGPASSFILE', '/nowhere');
    const problem = await openPostgresJournal(url(), { patience: 100 }).catch(error => error);
    expect(problem).toMatchObject({ name: 'Problem', exit: 3, message: expect.stringContaining(words) });
    expect(JSON.stringify(problem)).not.toMatch(/sesame|eyes/);
  });

  test('is encrypted as sslmode says', async context => {
    await using own = await encrypted();
    if (!own) return context.skip('it needs openssl');
    const root = join(own.folder, 'server.crt');
    const at = (host: string, mode: string) => own.url('postgres', `?sslmode=${mode}`).replace('127.0.0.1', host);
    expect(await opens(at('127.0.0.1', 'require'))).toBe(true);
    expect(await opens(`${at('localhost', 'verify-full')}&sslrootcert=${root}`)).toBe(true);
    expect(await opens(`${at('127.0.0.1', 'verify-ca')}&sslrootcert=${root}`)).toBe(true);
    for (const url of [at('localhost', 'verify-full'), `${at('127.0.0.1', 'verify-full')}&sslrootcert=${root}`])
      await expect(opens(url)).rejects.toMatchObject({ exit: 3, message: expect.stringContaining('encrypted') });
    await expect(opens(own.url('postgres', '?sslmode=disable'))).rejects.toMatchObject({ exit: 3 });
  });
});

/** A server that takes encrypted connections alone, by a certificate of `localhost`; undefined where none can be made. */
async function encrypted(): Promise<Cluster | undefined> {
  const own = await startCluster();
  try {
    const [key, certificate] = ['server.key', 'server.crt'].map(name => join(own.folder, name)) as [string, string];
    const made = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost'];
    const names = ['-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', certificate];
    execFileSync('openssl', ['req', ...made, ...names], { stdio: 'ignore' });
    await own.adopt(key);
    await own.query(`alter system set ssl_key_file = '${key}'`);
    await own.query(`alter system set ssl_cert_file = '${certificate}'`);
    await own.query('alter system set ssl = on');
    await writeFile(join(own.folder, 'data', 'pg_hba.conf'), 'hostssl all all all scram-sha-256\n');
    await own.kill();
    await own.start();
    return own;
  } catch {
    await own[Symbol.asyncDispose]();
    return undefined;
  }
}

describe('an address', () => {
  test.each([
    ['postgres://ada:open-sesame@db.example/holdfast', 'postgres://ada@db.example/holdfast'],
    ['postgresql://ada:open%40sesame@db.example:5433/x?sslmode=require', 'postgres://ada@db.example:5433/x'],
    ['postgres://ada@db.example/x?password=open-sesame&schema=shop', 'postgres://ada@db.example/x?schema=shop'],
    ['postgres://ada:open-sesame@/x?host=/run/pg', 'postgres://ada@/x?host=/run/pg'],
    ['postgres://db.example/x', 'postgres://db.example/x'],
  ])('%s is shown without its password', (url, shown) => {
    expect(addressOf(url).shown).toBe(shown);
    expect(String(addressOf(url).url)).not.toContain('sesame');
  });

  test.each([
    'postgres://ada:open-sesame@db.example:port/x',
    'postgres://ada:open-sesame@db.example/x?schema=Shop;drop',
    'postgres://ada:open-sesame@db.example/x?sslmode=verify-ca',
    'postgres://ada:open-sesame@db.example/x?sslmode=verify-full&sslrootcert=/nowhere.crt',
  ])('%s is wrong use, and not quoted', url => {
    const problem = (() => {
      try {
        return addressOf(url);
      } catch (error) {
        return error;
      }
    })();
    expect(problem).toMatchObject({ name: 'Problem', exit: 2 });
    expect(JSON.stringify(problem)).not.toContain('sesame');
  });
});
