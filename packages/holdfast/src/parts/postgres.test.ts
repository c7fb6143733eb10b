import { describe, expect, test } from 'vitest';
import { Problems } from '../kit/problem.ts';
import { network } from '../model/network.ts';
import { failover } from '../model/promise/fault.ts';
import { promise } from '../model/promise.ts';
import { toValue } from '../model/ref.ts';
import type { ServiceSpec } from '../model/spec/service-spec.ts';
import { system } from '../model/system.ts';
import { resourcesOf } from '../model/system-model.ts';
import { team } from '../model/team.ts';
import { secretsIn } from '../model/value.ts';
import { type PostgresHandle, type PostgresOptions, postgres } from './postgres.ts';

function declared(more: Partial<PostgresOptions> = {}, name = 'db') {
  let db: PostgresHandle | undefined;
  const model = system('shop', () => {
    db = postgres(name, { network: network('lan'), ...more });
  });
  const spec = resourcesOf(model, 'service').find(one => one.name === name)?.spec;
  return { model, spec, db: db as PostgresHandle };
}

/** What a file says of which the last part of its path is given. */
const textOf = (spec: ServiceSpec | undefined, name: string): string =>
  String(Object.entries(spec?.files ?? {}).find(([path]) => path.endsWith(`/${name}`))?.[1].content);

function refused(more: object): readonly string[] {
  try {
    declared(more as PostgresOptions);
    return [];
  } catch (error) {
    return (error as Problems).problems.map(({ message }) => message);
  }
}

describe('a database', () => {
  test('is a service with a volume of its own, and a password that nobody makes up', () => {
    const { model, spec } = declared();
    expect(spec).toMatchObject({ replicas: 1, ports: { postgres: 5432 }, user: '999:999' });
    expect(spec?.mounts).toMatchObject({ '/var/lib/postgresql/data': 'volume/db' });
    expect(resourcesOf(model, 'secret').map(one => one.name)).toContain('db-password');
  });

  test('is told to its clients by its host, its database and its password, which stay sealed', () => {
    const { model, db } = declared({}, 'orders-db');
    expect(resourcesOf(model, 'database').map(({ spec }) => spec.name)).toEqual(['orders_db']);
    expect(toValue(db.database)).toEqual({ $ref: { of: 'database/orders-db', what: 'name' } });
    expect(toValue(db.host)).toEqual({ $ref: { of: 'service/orders-db', what: 'host' } });
    expect(toValue(db.password)).toEqual({ $secret: 'orders-db-password' });
    expect(toValue(db.authority)).toEqual({ $secret: 'orders-db-authority', part: 'certificate' });
    expect(secretsIn(toValue(db.url))).toContain('orders-db-password');
  });

  test('is used after its extensions, which come one after the other', () => {
    const { model, db } = declared({ extensions: ['pg_trgm', 'hstore'] });
    expect(toValue(db.database)).toEqual({ $ref: { of: 'extension/db-hstore', what: 'database' } });
    const [, second] = resourcesOf(model, 'extension');
    expect(second?.needs).toContain('extension/db-pg-trgm');
  });

  test('can have further roles, each with a password of its own', () => {
    let user: unknown;
    const model = system('shop', () => {
      const db = postgres('db', { network: network('lan') });
      const reports = db.role('sales-reports', ['pg_read_all_data']);
      user = toValue(reports.user);
      expect(toValue(reports.password)).toEqual({ $secret: 'db-sales-reports-password' });
    });
    const roles = resourcesOf(model, 'role').map(({ name, spec }) => [name, spec.name, spec.memberOf]);
    expect(roles).toContainEqual(['db-sales-reports', 'sales_reports', ['pg_read_all_data']]);
    expect(JSON.stringify(user)).toContain('role/db-sales-reports-login');
  });

  test('keeps its name, engine and former names for all that it declares', () => {
    const { model } = declared({ engine: 'back', movedFrom: 'data' });
    const own = model.resources.filter(({ kind, name }) => name.startsWith('db') && kind !== 'check');
    expect(own.length).toBeGreaterThan(5);
    for (const { name, engine, movedFrom } of own)
      expect({ engine, movedFrom }, name).toEqual({ engine: 'back', movedFrom: [name.replace('db', 'data')] });
  });

  test('archives all that it writes, under a name of its environment, sealed by a passphrase', () => {
    const { model, spec } = declared();
    expect(textOf(spec, 'postgresql.conf')).toContain("archive_command = 'pgbackrest archive-push %p'");
    expect(spec?.env).toMatchObject({ PGBACKREST_STANZA: 'shop-local-db' });
    expect(spec?.mounts).toMatchObject({ '/var/lib/pgbackrest': 'volume/db-backups' });
    expect(spec?.files['/run/secrets/pgbackrest/passphrase.conf']).toMatchObject({ mode: '0400', owner: '999:999' });
    expect(resourcesOf(model, 'volume').find(({ name }) => name === 'db-backups')?.spec.writers).toBe('many');
  });

  test('archives nothing where no backups are wanted', () => {
    const { model, spec } = declared({ backups: false });
    expect(textOf(spec, 'postgresql.conf')).not.toContain('archive_mode');
    expect(model.resources.map(({ name }) => name)).not.toContain('db-backups');
  });

  test('has the settings that it is given, spelled as PostgreSQL reads them', () => {
    const { spec } = declared({ settings: { work_mem: '8MB', fsync: true, 'my.word': "it's", max_connections: 50 } });
    const text = textOf(spec, 'postgresql.conf');
    for (const line of ["work_mem = '8MB'", 'fsync = on', "my.word = 'it''s'", 'max_connections = 50'])
      expect(text.split('\n')).toContain(line);
  });

  test('may be promised to fail over where it has standbys, and not where it has none', () => {
    const promised = (standbys: number) =>
      system('shop', () => {
        const db = postgres('db', { network: network('lan'), standbys });
        const by = team('crew', { people: ['ada@shop.example'] });
        promise('orders are taken', { by, checks: db.checks, survives: [failover(db, { within: '30s' })] });
      });
    expect(resourcesOf(promised(2), 'promise')).toHaveLength(1);
    expect(() => promised(0)).toThrow(Problems);
  });

  test.each([
    [0, 1],
    [2, 3],
  ])('with %i standbys, has %i servers of the availability that one is said to have', (standbys, servers) => {
    const model = system(
      'shop',
      () => void postgres('db', { network: network('lan'), standbys, availability: '99.9%' }),
    );
    const figures = resourcesOf(model, 'service').filter(({ spec }) => spec.availability === '99.9%');
    expect(figures).toHaveLength(servers);
  });

  test.each([
    [{ availability: 0.999 }, 'availability is 0.999'],
    [{ settings: { archive_mode: false } }, 'settings has the key "archive_mode"'],
    [{ backups: { keep: 0 } }, 'backups.keep is 0'],
    [{ backups: { full: 'sometimes' } }, 'backups.full is "sometimes"'],
    [{ backups: { queue: '1' } }, 'backups.queue is "1"'],
    [{ standbys: -1 }, 'standbys is -1'],
    [{ version: 14 }, 'version is 14'],
    [{ database: 'Shop' }, 'database is "Shop"'],
    [{ settings: { 'shared buffers': 1 } }, 'settings has the key "shared buffers"'],
    [{ extension: ['pg_trgm'] }, 'extension is not known here'],
  ])('with %j is told what is wrong with it', (options, words) => {
    expect(refused(options)).toContainEqual(expect.stringContaining(words));
  });
});
