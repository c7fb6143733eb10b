import type { ClusterOptions } from '../../../model/cluster.ts';
import { inside } from '../inside.ts';

/** Where things are in a cluster, and what they are called. */
export const places = {
  config: `${inside.told}/patroni.json`,
  keys: {
    authority: '/run/secrets/cluster/authority.pem',
    certificate: '/run/secrets/cluster/member.pem',
    key: '/run/secrets/cluster/member.key',
  },
  ports: { postgres: 5432, readonly: 5433, control: 8008, status: 8404, leaving: 8405, etcd: 2379, peers: 2380 },
  /** Roles that members have at each other. */
  roles: { replication: 'holdfast_replication', rewind: 'holdfast_rewind' },
  etcd: { uid: 998, user: '998:998', told: '/etc/holdfast/etcd', volume: '/var/lib/etcd' },
  proxy: { user: '997:997', config: '/etc/holdfast/haproxy/haproxy.cfg', script: '/etc/holdfast/haproxy/proxy.lua' },
} as const;

/** Names and fixed addresses of what a cluster is made of, in order. */
export interface Layout {
  readonly scope: string;
  readonly members: readonly Place[];
  readonly etcd: readonly Place[];
}

export interface Place {
  readonly name: string;
  /** Number of its fixed address on the inner network. */
  readonly address: number;
}

/** One of three may be lost. Two would be no better than one. */
const etcds = 3;
const firstMember = 11;

export const layoutOf = (scope: string, standbys: number): Layout => ({
  scope,
  members: numbered(scope, standbys + 1, firstMember),
  etcd: numbered(`${scope}-etcd`, etcds, 1),
});

/** More would all be sent each write. */
export const mostStandbys = 6;

/** One server has a volume of the database's name, members have volumes of their own names. */
export function dataOf(name: string, standbys: number): NonNullable<ClusterOptions['data']> {
  const { members, etcd } = layoutOf(name, mostStandbys);
  // Of a cluster that keeps some of its members, the others have only what these have too.
  if (standbys > 0) return { here: namesOf(members.slice(0, standbys + 1)), otherwise: [name] };
  // What etcd knows would keep a cluster from beginning anew.
  return { here: [name], otherwise: namesOf([...members, ...etcd]) };
}

const numbered = (name: string, count: number, first: number): readonly Place[] =>
  Array.from({ length: count }, (_, index) => ({ name: `${name}-${index + 1}`, address: first + index }));

export const namesOf = (some: readonly Place[]): readonly string[] => some.map(({ name }) => name);
