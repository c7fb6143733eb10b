import { type CheckHandle, check } from '../../../model/check.ts';
import type { ServiceHandle } from '../../../model/service-handle.ts';
import type { Backups } from '../backups/backups.ts';
import { archivesInTime } from '../checks.ts';
import { inside } from '../inside.ts';

/** Whoever leads has one that has all that is acknowledged; of those that stand by nothing is asked. */
const isFollowed = `select pg_is_in_recovery() or exists (
  select from pg_stat_replication where state = 'streaming' and sync_state in ('sync', 'quorum'))`;

interface Parts {
  readonly members: readonly ServiceHandle<string>[];
  readonly etcd: readonly ServiceHandle<string>[];
  readonly proxy: ServiceHandle<string>;
}

/** What must be so of a cluster, whoever leads it. */
export const checksOf = ({ members, etcd, proxy }: Parts, backups: Backups | undefined): readonly CheckHandle[] => [
  ...members.map(member => memberCheck(member, backups?.at !== undefined)),
  ...etcd.map(etcdCheck),
  check(proxy, it => {
    it.http('status', '/primary').eventually('30s').answers(200);
  }),
];

const memberCheck = (member: ServiceHandle<string>, isKeptElsewhere: boolean): CheckHandle =>
  check(member, it => {
    it.process('patroni').runsAs('postgres');
    it.process('postgres').runsAs('postgres');
    it.directory(inside.volume).isOwnedBy('postgres').hasMode('0700');
    it.postgres.server().eventually('30s').takesQueries().hasLagBelow('10s');
    it.postgres.query(isFollowed).eventually('30s').returns(true);
    if (isKeptElsewhere) it.postgres.query(archivesInTime).eventually('30s').returns(true);
    it.command(['sh', `${inside.told}/health`])
      .eventually('30s')
      .exits(0);
  });

const etcdCheck = (one: ServiceHandle<string>): CheckHandle =>
  check(one, it => {
    it.process('etcd').runsAs('etcd');
    it.command(['etcdctl', 'endpoint', 'health']).eventually('10s').exits(0);
  });
