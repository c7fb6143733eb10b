import { describe } from 'vitest';
import { randomId } from '../../kit/id.ts';
import { leadershipConformance } from '../../ports/conformance/leadership.ts';
import type { Seen } from '../../ports/provider.ts';
import { etcdLeadership } from './leadership.ts';
import { hasEtcd, howToHaveEtcd, startEtcd } from './testing/etcd.ts';

const here: Seen = {
  kind: 'instance',
  engine: 'local',
  id: 'here',
  name: 'etcd',
  state: {},
  about: 'etcd on this machine',
};

describe.skipIf(!hasEtcd)(hasEtcd ? 'with a real etcd' : howToHaveEtcd, () => {
  leadershipConformance('leadership by the keys of Patroni in etcd', async () => {
    const { runner, etcdctl, ...etcd } = await startEtcd();
    const key = (cluster: string) => `/service/${cluster}/leader`;
    return {
      ...etcd,
      cluster: () => `db-${randomId()}`,
      lasting: 5_000,
      open: (cluster, guardian) =>
        etcdLeadership({ runner, etcd: async () => [here], cluster, guardian, lasting: 5, within: 5_000 }),
      elect: async (cluster, member) => {
        await etcdctl('put', key(cluster), member);
      },
      leader: async cluster => (await etcdctl('get', key(cluster), '--print-value-only')) || undefined,
    };
  });
});
