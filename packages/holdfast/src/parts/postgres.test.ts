import { describe, expect, test } from 'vitest';
import type { Problems } from '../kit/problem.ts';
import { network } from '../model/network.ts';
import { toValue } from '../model/ref.ts';
import { system } from '../model/system.ts';
import { resourcesOf } from '../model/system-model.ts';
import { type PostgresHandle, type PostgresOptions, postgres } from './postgres.ts';

function declared(more: Partial<PostgresOptions> = {}, name = 'db') {
  let db: PostgresHandle | undefined;
  const model = system('shop', () => {
    db = postgres(name, { network: network('lan'), ...more });
  });
  const spec = resourcesOf(model, 'service').find(one => one.name === name)?.spec;
  return { model, spec, db: db as PostgresHandle };
}

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
    expect(spec?.mounts).toEqual({ '/var/lib/postgresql/data': 'volume/db' });
    expect(resourcesOf(model, 'secret').map(one => [one.name, one.spec.generate])).toEqual([['db-password', 32]]);
  });

  test('is told to its clients by its host, its database and its password, which stay sealed', () => {
    const { db } = declared({}, 'orders-db');
    expect(db.database).toBe('orders_db');
    expect(toValue(db.host)).toEqual({ $ref: { of: 'service/orders-db', what: 'host' } });
    expect(toValue(db.password)).toEqual({ $secret: 'orders-db-password' });
  });

  test('keeps its name, engine and former names for all that it declares', () => {
    const { model } = declared({ engine: 'back', movedFrom: 'data' });
    const own = model.resources.filter(({ name }) => name.startsWith('db'));
    expect(own.map(({ kind, name, engine, movedFrom }) => [kind, name, engine, movedFrom])).toEqual([
      ['image', 'db', 'back', ['data']],
      ['secret', 'db-password', 'back', ['data-password']],
      ['volume', 'db', 'back', ['data']],
      ['service', 'db', 'back', ['data']],
    ]);
  });

  test.each([
    [{ standbys: -1 }, 'standbys is -1'],
    [{ version: 14 }, 'version is 14'],
    [{ database: 'Shop' }, 'database is "Shop"'],
    [{ settings: { 'shared buffers': 1 } }, 'settings has the key "shared buffers"'],
    [{ extension: ['pg_trgm'] }, 'extension is not known here'],
  ])('with %j is told what is wrong with it', (options, words) => {
    expect(refused(options)).toContainEqual(expect.stringContaining(words));
  });
});
