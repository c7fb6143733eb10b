import { expect, test } from 'vitest';
import { cluster } from '../../../../model/cluster.ts';
import { declaredFor } from '../../../../model/declaration/slot.ts';
import { image } from '../../../../model/image.ts';
import { network } from '../../../../model/network.ts';
import { runSpec } from '../../../../model/run.ts';
import { service } from '../../../../model/service.ts';
import { system } from '../../../../model/system.ts';
import { job } from '../../../../model/task.ts';
import { docsOf } from '../../docs.ts';
import type { DocFile } from '../../knowledge.ts';
import { knownOf } from '../../testing/shop.ts';

const textOf = (files: readonly DocFile[], path: string): string =>
  files.find(file => file.path === path)?.text ?? expect.fail(`there is no ${path}`);

test('pages tell of addresses, names, schedules and the servers of a database', () => {
  const model = declaredFor({ name: 'local' }, () =>
    system('shop', () => {
      const inner = network('inner', { fixed: true });
      const on = { image: image('db', { archive: './db.tar' }), network: inner };
      const etcd = service('db-etcd-1', { ...on, address: inner.address(1) });
      const first = service('db-1', { ...on, address: inner.address(11), hosts: { 'db-etcd-1': inner.address(1) } });
      const proxy = service('db', { ...on, hosts: { archive: '192.0.2.7' } });
      const restored = { run: runSpec(on), data: '/data', reads: {} };
      const backups = { stanza: 'shop-local-db', full: '@weekly', diff: '1d', keep: 2, restored };
      cluster('db', { members: [first], etcd: [etcd], proxy, scope: 'db', strict: false, backups });
      job('dump', { ...on, every: '30 3 * * *' });
      job('seed', on);
      service('agent', { ...on, reaches: ['engine', 'journal'] });
    }),
  );
  const { markdown: files } = docsOf(knownOf(model));
  expect(textOf(files, 'network/inner.md')).toContain('those of the upper half are given by name alone');
  expect(textOf(files, 'service/db-1.md')).toMatch(/always address\(11\) of .*inner/);
  expect(textOf(files, 'service/db-1.md')).toMatch(/`db-etcd-1` \(address\(1\) of .*inner/);
  expect(textOf(files, 'service/db.md')).toContain('`archive` (192.0.2.7)');
  expect(textOf(files, 'job/dump.md')).toContain('at 30 3 \\* \\* \\* (UTC), started by the agent');
  expect(textOf(files, 'job/seed.md')).toContain('once, each time that it is changed');
  expect(textOf(files, 'service/agent.md')).toContain('whoever has it is root on the engine’s machine');
  expect(textOf(files, 'service/agent.md')).toContain('it reads it and writes to it');
  expect(textOf(files, 'service/db.md')).not.toContain('socket');
  expect(textOf(files, 'cluster/db.md')).toMatch(/of all \\@weekly \(UTC\), of what changed every 1d; the last 2/);
});
