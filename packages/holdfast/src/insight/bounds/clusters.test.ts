import { expect, test } from 'vitest';
import { parsePercentage, spellPercentage } from '../../kit/percentage.ts';
import { type ClusterHandle, cluster } from '../../model/cluster.ts';
import { declaredFor } from '../../model/declaration/slot.ts';
import { image } from '../../model/image.ts';
import { network } from '../../model/network.ts';
import { service } from '../../model/service.ts';
import type { ServiceHandle } from '../../model/service-handle.ts';
import { system } from '../../model/system.ts';
import { boundOf } from './bound.ts';
import { graphOf } from './graph-of.ts';
import { stands } from './structure.ts';

const row = (count: number, make: (n: number, before: readonly ServiceHandle[]) => ServiceHandle) => {
  const made: ServiceHandle[] = [];
  for (let n = 1; n <= count; n += 1) made.push(make(n, made.slice(-1)));
  return made;
};

/** Each server needs the one before, the proxy all of them, and who asks the proxy. */
const shop = (servers: number, etcds: number) =>
  declaredFor({ name: 'local' }, () =>
    system('shop', () => {
      const on = { image: image('db', { archive: './db.tar' }), network: network('inner', { fixed: true }) };
      const etcd = row(etcds, n => service(`db-etcd-${n}`, on));
      const members = row(servers, (n, before) => service(`db-${n}`, { ...on, needs: [...etcd, ...before] }));
      const proxy = service('db', { ...on, needs: members });
      const one: ClusterHandle = cluster('db', { members, etcd, proxy, scope: 'db', strict: false });
      service('web', { ...on, env: { DB: proxy.host }, needs: [one] });
    }),
  );

const model = shop(3, 3);
const { structure, commonCauses } = graphOf(model, { measured: ['service/web'], given: [], survives: [] });
const isUpWithout = (...down: string[]): boolean => stands(structure, new Set(down));

test('who needs a database that fails over needs one of its servers, and those that agree on who leads', () => {
  expect(isUpWithout()).toBe(true);
  expect(isUpWithout('instance/db-1.1', 'instance/db-3.1')).toBe(true);
  expect(isUpWithout('instance/db-1.1', 'instance/db-2.1', 'instance/db-3.1')).toBe(false);
  expect(isUpWithout('instance/db-etcd-2.1')).toBe(true);
  expect(isUpWithout('instance/db-etcd-1.1', 'instance/db-etcd-2.1')).toBe(false);
  expect(isUpWithout('instance/db.1')).toBe(false);
});

test('it is so as well where a measurement passes all of them', () => {
  const all = model.resources.filter(({ kind }) => kind === 'service').map(({ name }) => `service/${name}` as const);
  const passed = graphOf(model, { measured: all, given: [], survives: [] }).structure;
  expect(stands(passed, new Set(['instance/db-1.1', 'instance/db-2.1', 'instance/db-etcd-1.1']))).toBe(true);
  expect(stands(passed, new Set(['instance/db-etcd-1.1', 'instance/db-etcd-2.1']))).toBe(false);
});

test('what its servers have in common is counted once', () => {
  const causes = commonCauses.map(({ id, members }) => [id, members.length]);
  expect(causes).toContainEqual(['common-cause/servers of db', 3]);
  expect(causes).toContainEqual(['common-cause/etcd of db', 3]);
  const members = commonCauses.flatMap(cause => cause.members);
  expect(new Set(members).size).toBe(members.length);
});

test('with more servers more can be promised; with one, no more than it holds', () => {
  const figures = new Map([1, 2, 3].map(n => [`instance/db-${n}.1`, parsePercentage('99%')]));
  const atBest = (servers: number): string => {
    const graph = graphOf(shop(servers, 0), { measured: ['service/web'], given: [], survives: [] }, { figures });
    return spellPercentage(boundOf(graph).availability);
  };
  expect(atBest(1)).toBe('99%');
  expect(Number.parseFloat(atBest(2))).toBeGreaterThan(99.8);
  expect(Number.parseFloat(atBest(3))).toBeGreaterThan(Number.parseFloat(atBest(2)));
});
