import { cluster } from '../../model/cluster.ts';
import { network } from '../../model/network.ts';
import { clusterBackups } from './backups/cluster-backups.ts';
import { etcdOf } from './cluster/etcd.ts';
import { keysOf } from './cluster/keys.ts';
import { membersOf } from './cluster/members.ts';
import { layoutOf, places } from './cluster/places.ts';
import { proxyOf } from './cluster/proxy.ts';
import { settingsOf } from './cluster/settings.ts';
import { commonOf } from './common.ts';
import type { Ground } from './ground.ts';
import { PostgresHandle } from './handle.ts';

/** A primary, standbys that take over from it, three etcd by which they agree on who leads, and a proxy that knows. */
export function clusterServers(ground: Ground): PostgresHandle {
  const { name, options, access, backups } = ground;
  const { standbys = 0, strict = false } = options;
  const common = commonOf(options);
  const inner = network(name, { ...common, internal: true, fixed: true });
  const layout = layoutOf(name, standbys);
  const inside = { ground, layout, inner, keys: keysOf(ground, layout) };
  const etcd = etcdOf(inside);
  const settings = settingsOf(inside, etcd);
  const members = membersOf(inside, [...etcd, settings]);
  const proxy = proxyOf(inside, members);
  cluster(name, {
    ...common,
    members,
    etcd,
    proxy,
    scope: name,
    strict,
    ...(backups && { backups: clusterBackups(ground, backups) }),
  });
  const { postgres, readonly } = places.ports;
  return new PostgresHandle(name, access, { postgres, readonly });
}
