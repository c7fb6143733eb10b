import { expect, test } from 'vitest';
import { cluster } from './cluster.ts';
import { declaredFor } from './declaration/slot.ts';
import { image } from './image.ts';
import { network } from './network.ts';
import { service } from './service.ts';
import { system } from './system.ts';
import { resourcesOf, type SystemModel } from './system-model.ts';
import { migration } from './task.ts';
import { text } from './text.ts';

const declared = (build: () => void): SystemModel => declaredFor({ name: 'local' }, () => system('shop', build));

const addressed = (n: number) => ({ $ref: { of: 'network/inner', what: 'address', rest: String(n) } });

const model = declared(() => {
  const base = image('base', { archive: './base.tar' });
  const inner = network('inner', { fixed: true, internal: true });
  const etcd = service('db-etcd-1', { image: base, network: inner, address: inner.address(1) });
  const db = service('db-1', {
    image: base,
    networks: [network('lan'), inner],
    address: inner.address(11),
    hosts: { 'db-etcd-1': inner.address(1), archive: '192.0.2.7' },
    env: { ETCD: text`https://${inner.address(1)}:2379` },
    before: migration('schema', { command: ['migrate'] }),
    cluster: 'db',
  });
  cluster('db', { members: [db], etcd: [etcd], scope: 'db', strict: false });
});

const specOf = (name: string) => resourcesOf(model, 'service').find(one => one.name === name)?.spec;

test('a fixed network is said to be, and another one says nothing of it', () => {
  expect(resourcesOf(model, 'network').map(({ name, spec }) => [name, spec])).toEqual([
    ['inner', { internal: true, fixed: true }],
    ['lan', { internal: false }],
  ]);
});

test('a service holds the address that it has, and those that it knows by name', () => {
  expect(specOf('db-1')).toMatchObject({
    address: addressed(11),
    hosts: { 'db-etcd-1': addressed(1), archive: '192.0.2.7' },
    env: { ETCD: { $text: ['https://', addressed(1), ':2379'] } },
    cluster: 'db',
  });
  expect(specOf('db-etcd-1')).not.toHaveProperty('hosts');
  expect(specOf('db-etcd-1')).not.toHaveProperty('cluster');
});

test('what knows an address by name needs the network', () => {
  const lonely = declared(() => {
    const inner = network('inner', { fixed: true });
    const base = image('base', { archive: './base.tar' });
    service('web', { image: base, network: inner, hosts: { db: inner.address(1) } });
  });
  expect(resourcesOf(lonely, 'service')[0]?.needs).toEqual(['image/base', 'network/inner']);
});

test('a migration knows the names that its service knows', () => {
  const [schema] = resourcesOf(model, 'migration');
  expect(schema?.spec.hosts).toEqual(specOf('db-1')?.hosts);
  expect(schema?.spec).not.toHaveProperty('address');
  expect(schema?.spec).not.toHaveProperty('cluster');
});

test('a cluster says on paper who its members are, and needs them', () => {
  expect(resourcesOf(model, 'cluster')).toMatchObject([
    {
      name: 'db',
      spec: {
        members: ['service/db-1'],
        etcd: ['service/db-etcd-1'],
        scope: 'db',
        port: 5432,
        strict: false,
        superuser: 'postgres',
        socket: '/run/postgresql',
      },
      needs: ['service/db-1', 'service/db-etcd-1'],
    },
  ]);
});
