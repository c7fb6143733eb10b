import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InstanceDesire } from '../../ports/desires.ts';
import { dockerDatabaseServers } from './database-servers.ts';
import { type InstanceGround, openInstanceGround } from './testing/instance-ground.ts';

const signal = new AbortController().signal;

let ground: InstanceGround;
beforeAll(async () => {
  ground = await openInstanceGround('servers');
});
afterAll(() => ground.bench[Symbol.asyncDispose]());

const members = async (scope = ground.bench.scope) =>
  (await dockerDatabaseServers(ground.bench.host).members(scope))
    .map(({ cluster, instance }) => [cluster, instance.birth?.uid, instance.state.running])
    .toSorted();

test('the servers of clusters are found by what they carry, running or not, and nothing else is', async () => {
  const servers = ['db', 'db', 'ledger'].map(cluster => ground.web({ cluster }));
  const [first, second, third] = await Promise.all(servers.map(one => ground.start(one)));
  await ground.start(ground.web());
  await ground.bench.host.docker.getContainer(second?.id ?? '').kill();
  expect(await members()).toEqual(
    [
      ['db', first?.birth?.uid, true],
      ['db', second?.birth?.uid, false],
      ['ledger', third?.birth?.uid, true],
    ].toSorted(),
  );
  expect(await members(ground.bench.elsewhere)).toEqual([]);
});

test('a server of another cluster is another instance', async () => {
  const desired = ground.web({ cluster: 'db' });
  const seen = await ground.start(desired);
  const told = ({ cluster: _, ...rest }: InstanceDesire, cluster?: string) =>
    ground.differences({ ...desired, spec: { ...rest, ...(cluster && { cluster }) } }, seen);
  expect(told(desired.spec, 'db')).toEqual([]);
  expect(told(desired.spec, 'ledger')).toEqual([{ aspect: 'cluster', found: 'db', wanted: 'ledger', mend: 'replace' }]);
  expect(told(desired.spec)).toEqual([{ aspect: 'cluster', found: 'db', wanted: 'not set', mend: 'replace' }]);
  await ground.instances.remove(seen, signal);
});
