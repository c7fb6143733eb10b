import { furtherFunctions } from '../../further.ts';
import { inside } from '../../inside.ts';
import { type Layout, namesOf, places } from '../places.ts';

const { config, keys, roles, ports } = places;

/** Process 1 of a member. `VERSION` is in its environment. */
export const memberScript = `#!/bin/sh
set -eu

# A newer PostgreSQL can't read the files of an older one, and an empty database in its place would look like a loss.
for other in ${inside.volume}/*/PG_VERSION; do
  case "$other" in
    "${inside.volume}/$VERSION"*/PG_VERSION | "${inside.volume}/*/PG_VERSION") ;;
    *) echo "this is PostgreSQL $VERSION, and the volume holds $other: upgrade it with pg_upgrade" >&2 && exit 1 ;;
  esac
done

# Left by a container that was killed: the process of that number is another one now.
rm -f ${inside.socket}/.s.PGSQL.*

exec patroni ${config}
`;

/** Called by Patroni with what happened and what the member is now. Who leads sees to it that there is a place for backups. */
export const leadsScript = `#!/bin/sh
case "$2" in
  master | primary)
    until [ "$(psql -X -A -t -d postgres -c 'select pg_is_in_recovery()')" = f ]; do sleep 1; done
    exec holdfast-backup stanza
    ;;
esac
`;

/**
 * A member is well when it leads, or has what the one that leads writes, and says so. As long as nobody leads and not all
 * are there, it is enough to be there: who may lead is only known when they are. `VERSION` is in its environment.
 */
export const healthScript = ({ members }: Layout): string => `#!/bin/sh
${furtherFunctions()}
ask() { psql -X -q -A -t -w -c "$1" "$2"; }
mine='
  select $$leads$$ where not pg_is_in_recovery() union all
  select format($$follows %s, %s behind$$, sender_host,
    pg_size_pretty(greatest(pg_wal_lsn_diff(latest_end_lsn, pg_last_wal_replay_lsn()), 0)))
  from pg_stat_wal_receiver where status = $$streaming$$'
others="${namesOf(members).join(',')}"

said=$(ask "$mine" 'dbname=postgres connect_timeout=2')
[ -n "$said" ] && echo "$said" && exit 0
if ask 'select 1' "host=$others dbname=postgres user=${roles.rewind} target_session_attrs=primary connect_timeout=1 \\
  sslmode=verify-full sslrootcert=${keys.authority} sslcert=${keys.certificate} sslkey=${keys.key}" >/dev/null 2>&1; then
  unless_reading
  ask 'select 1' 'dbname=postgres connect_timeout=2' >/dev/null 2>&1 || unless_copying
  echo 'another one leads, and it does not follow' && exit 1
fi
for other in ${namesOf(members).join(' ')}; do
  [ "$other" != "$PATRONI_NAME" ] || continue
  timeout 1 bash -c ": </dev/tcp/$other/${ports.control}" 2>/dev/null || { echo "waits for $other"; exit 0; }
done
unless_reading
[ -e "${inside.volume}/$VERSION/PG_VERSION" ] && echo 'nobody leads' && exit 1
echo 'it has no data, and nobody leads who has: what etcd knows of was in volumes that are gone'
exit 1
`;

/**
 * Run before a member is stopped on purpose: writes go on after a second, not after the time that a death takes. The one
 * in step is named, since Patroni else waits for whoever is ahead of it, who may not lead.
 */
export const leaveScript = ({ scope }: Layout): string => `#!/bin/sh
ask() { psql -X -A -t -d postgres -c "$1"; }
[ "$(ask 'select pg_is_in_recovery()')" = f ] || exit 0
in_step=$(ask "select application_name from pg_stat_replication where sync_state in ('sync', 'quorum') limit 1")
# Each proxy is told beforehand, and gives it no new clients.
for proxy in $(getent ahostsv4 ${scope} | awk '{ print $1 }' | sort -u); do
  timeout 1 bash -c ": </dev/tcp/$proxy/${ports.leaving}" || :
done
exec patronictl -c ${config} switchover ${scope} --leader "$PATRONI_NAME" \${in_step:+--candidate "$in_step"} --force
`;
