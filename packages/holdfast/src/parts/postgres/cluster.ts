import { cluster } from '../../model/cluster.ts';
import { network } from '../../model/network.ts';
import { clusterBackups } from './backups/cluster-backups.ts';
import { checksOf } from './cluster/checks.ts';
import { etcdOf } from './cluster/etcd.ts';
import { keysOf } from './cluster/keys.ts';
import { membersOf } from './cluster/members.ts';
import { dataOf, layoutOf, places } from './cluster/places.ts';
import { proxyOf } from './cluster/proxy.ts';
import { settingsOf } from './cluster/settings.ts';
import { commonOf } from './common.ts';
import type { Ground, Servers } from './ground.ts';

/** A primary, standbys that take over from it, three etcd by which they agree on who leads, and a proxy that knows. */
export function clusterServers(ground: Ground): Servers {
  const { name, options, backups } = ground;
  const { standbys = 0, strict = false } = options;
  const common = commonOf(options);
  const inner = network(name, { ...common, internal: true, fixed: true });
  const layout = layoutOf(name, standbys);
  const keys = keysOf(ground, layout);
  const inside = { ground, layout, inner, keys };
  const etcd = etcdOf(inside);
  const settings = settingsOf(inside, etcd);
  const members = membersOf(inside, [...etcd, settings]);
  const proxy = proxyOf(inside, members);
  const one = cluster(name, {
    ...common,
    members,
    etcd,
    proxy,
    data: dataOf(name, standbys),
    scope: name,
    strict,
    ...(backups && { backups: clusterBackups(ground, keys.members, backups) }),
  });
  const { postgres, readonly } = places.ports;
  return { cluster: one, ports: { postgres, readonly }, checks: checksOf({ members, etcd, proxy }, backups) };
}
