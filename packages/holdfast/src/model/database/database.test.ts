import { describe, expect, test } from 'vitest';
import type { Problems } from '../../kit/problem.ts';
import { cluster } from '../cluster.ts';
import { image } from '../image.ts';
import { network } from '../network.ts';
import { type Ref, toValue } from '../ref.ts';
import { secret } from '../secret.ts';
import { service } from '../service.ts';
import { system } from '../system.ts';
import { byAddress } from '../system-model.ts';
import { database } from './database.ts';
import { extension } from './extension.ts';
import { login, role } from './role.ts';

type Declare = (of: ReturnType<typeof cluster>) => void;

const declared = (build: Declare) =>
  system('shop', () => {
    const server = service('db-1', { image: image('pg', { archive: './pg.tar' }), network: network('lan') });
    build(cluster('db', { members: [server], etcd: [], scope: 'db', strict: false }));
  });

describe('what is inside of a cluster', () => {
  const refs: Record<string, Ref<string>> = {};
  const model = declared(of => {
    const owner = role('my-shop', { cluster: of });
    const within = database('my-shop', { cluster: of, owner });
    extension('trgm', { cluster: of, database: within, named: 'pg_trgm' });
    const reader = role('reader', { cluster: of, memberOf: [owner, 'pg_read_all_data'] });
    const password = secret('reader-password', { generate: 32 });
    const user = login('reader-login', { cluster: of, as: reader, password, connections: 5 });
    Object.assign(refs, { named: within.named, user: user.user });
  });
  const of = (address: `${string}/${string}`) => byAddress(model).get(address);

  test('is a resource of the cluster, called without hyphens', () => {
    expect(of('database/my-shop')?.spec).toEqual({ cluster: 'cluster/db', name: 'my_shop', owner: 'my_shop' });
    expect(of('role/my-shop')?.spec).toEqual({ cluster: 'cluster/db', name: 'my_shop', memberOf: [] });
    expect(of('extension/trgm')?.spec).toEqual({ cluster: 'cluster/db', database: 'my_shop', name: 'pg_trgm' });
    expect(of('role/reader')?.spec).toMatchObject({ memberOf: ['my_shop', 'pg_read_all_data'] });
  });

  test('comes after the servers of the cluster, and after what it names', () => {
    expect(of('role/my-shop')?.needs).toEqual(['cluster/db', 'service/db-1']);
    expect(of('database/my-shop')?.needs).toEqual(['cluster/db', 'service/db-1', 'role/my-shop']);
    expect(of('extension/trgm')?.needs).toContain('database/my-shop');
    expect(of('role/reader-login')?.needs).toEqual(expect.arrayContaining(['role/reader', 'secret/reader-password']));
  });

  test('a login is named by its password, and who uses its name comes after it', () => {
    const mark = { $secret: 'reader-password', part: 'mark' };
    expect(of('role/reader-login')?.spec).toEqual({
      cluster: 'cluster/db',
      name: 'reader',
      memberOf: ['reader'],
      login: { name: { $text: ['reader_', mark] }, password: { $secret: 'reader-password' }, connections: 5 },
    });
    expect(toValue(refs.user as Ref)).toEqual({
      $text: [{ $ref: { of: 'role/reader-login', what: 'name' } }, '_', mark],
    });
    expect(toValue(refs.named as Ref)).toEqual({ $ref: { of: 'database/my-shop', what: 'name' } });
  });
});

test('two of one name in one cluster are refused, and so are names that are not ours to give', () => {
  const twice: Declare = of => {
    role('one', { cluster: of, named: 'shop' });
    role('two', { cluster: of, named: 'shop' });
  };
  expect(problemsOf(twice)).toEqual(['role "two" and role "one" have the same name inside of their server']);
  for (const named of ['postgres', 'pg_mine', 'holdfast_mine', 'Shop', 'a"b', 'x'.repeat(51)])
    expect(
      problemsOf(of => void role('one', { cluster: of, named })),
      named,
    ).toEqual([expect.stringMatching(/is not a name of at most 50/)]);
  expect(problemsOf(of => void role('one', { cluster: of, named: 'x'.repeat(50) }))).toEqual([]);
});

function problemsOf(build: Declare): readonly string[] {
  try {
    return declared(build) && [];
  } catch (error) {
    return (error as Problems).problems.map(({ message }) => message);
  }
}
