import { inside } from '../inside.ts';
import { type Layout, namesOf, type Place, places } from './places.ts';

const { config, keys, roles, ports } = places;
const ctl = `patronictl -c ${config}`;

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
  master | primary) exec holdfast-backup stanza ;;
esac
`;

/**
 * A member is well when it leads, or has what the one that leads writes. As long as nobody leads and not all are there,
 * it is enough to be there: who may lead is only known when they are.
 */
export const healthScript = ({ members }: Layout): string => `#!/bin/sh
ask() { psql -X -q -A -t -w -c "$1" "$2"; }
mine='select not pg_is_in_recovery() or exists (select from pg_stat_wal_receiver where status = $$streaming$$)'
others="${namesOf(members).join(',')}"

[ "$(ask "$mine" 'dbname=postgres connect_timeout=2')" = t ] && exit 0
ask 'select 1' "host=$others dbname=postgres user=${roles.rewind} target_session_attrs=primary connect_timeout=1 \\
  sslmode=verify-full sslrootcert=${keys.authority} sslcert=${keys.certificate} sslkey=${keys.key}" >/dev/null 2>&1 && exit 1
for other in ${namesOf(members).join(' ')}; do
  pg_isready -q -t 1 -h "$other" -p ${ports.postgres}
  [ $? = 2 ] && echo "waits for $other" && exit 0
done
echo 'nobody leads'
exit 1
`;

/** Run before a member is stopped on purpose: writes go on after a second, not after the time that a death takes. */
export const leaveScript = ({ scope }: Layout): string => `#!/bin/sh
[ "$(psql -X -A -t -d postgres -c 'select pg_is_in_recovery()')" = f ] || exit 0
exec ${ctl} switchover ${scope} --leader "$PATRONI_NAME" --force
`;

/**
 * Makes what was declared what the members agree on, before the first of them starts. Of those that run it restarts the
 * ones for which that is not enough, standbys first.
 */
export const settingsScript = ({ scope }: Layout): string => `#!/bin/sh
set -eu
wants_restart() { ${ctl} list ${scope} -f tsv | grep '[*]$'; }

members=$(python3 - <<PYTHON
from patroni.ctl import get_dcs, load_config
etcd = get_dcs(load_config("${config}", None), "${scope}", None)
with open("${inside.told}/agreed.json") as agreed:
    if not etcd.set_config_value(agreed.read()):
        raise SystemExit("etcd does not take them")
print(len(etcd.get_cluster().members))
PYTHON
)
[ "$members" -gt 0 ] || exit 0

# Each hears of it within a second or two, and then tells whether it has to be restarted.
for patience in 5 3 3 3 3 3; do
  sleep "$patience"
  wants_restart || exit 0
  ${ctl} restart ${scope} --role replica --pending --force
  ${ctl} restart ${scope} --role leader --pending --force
done
echo 'they do not take effect: the logs of the members say why' >&2
exit 1
`;

const urlOf = (host: string, port: number): string => `https://${host}:${port}`;
const servingAt = (some: readonly Place[]): string => some.map(({ name }) => urlOf(name, ports.etcd)).join(',');

/**
 * Process 1 of an etcd. One whose data is gone comes back as a new one: under its old number it would have forgotten what
 * it had promised the others.
 */
export const etcdScript = ({ etcd }: Layout, own: Place): string => `#!/bin/sh
set -eu
list() { etcdctl --command-timeout=1s --dial-timeout=1s member list; }
export ETCDCTL_ENDPOINTS="${servingAt(etcd.filter(one => one !== own))}"
peer="${urlOf(own.name, ports.peers)}"

if [ ! -e "$ETCD_DATA_DIR/member" ] && members=$(list 2>/dev/null); then
  mine=$(echo "$members" | grep -F ", $peer," || true)
  case "$mine" in
    # Known to the others, and never seen by them: the first start of all.
    *", $ETCD_NAME, $peer, , "*) ;;
    # Announced, and not yet started.
    *", unstarted, "*) export ETCD_INITIAL_CLUSTER_STATE=existing ;;
    *)
      [ -z "$mine" ] || etcdctl member remove "\${mine%%,*}"
      etcdctl member add "$ETCD_NAME" --peer-urls="$peer"
      export ETCD_INITIAL_CLUSTER_STATE=existing
      ;;
  esac
fi
unset ETCDCTL_ENDPOINTS
exec etcd
`;

/**
 * An etcd is well when a majority agrees with it. When no other one serves either, it is enough to run: the first of
 * them can't have a majority.
 */
export const etcdHealthScript = ({ etcd }: Layout): string => `#!/bin/sh
serves() { ETCDCTL_ENDPOINTS="https://$1:${ports.etcd}" etcdctl --command-timeout=1s --dial-timeout=1s endpoint "$2"; }
serves "$ETCD_NAME" health && exit 0
for other in ${namesOf(etcd).join(' ')}; do
  [ "$other" != "$ETCD_NAME" ] && serves "$other" status >/dev/null 2>&1 && exit 1
done
exit 0
`;
