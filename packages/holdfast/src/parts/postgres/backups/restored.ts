import { inside } from '../inside.ts';

/** What says that a restored cluster is whole: what was begun and not ended is begun anew. */
const whole = `${inside.volume}/whole`;

/** Process 1 of a server that is made of a backup: waits for it, then becomes PostgreSQL. It archives nothing. */
export const restoredScript = `#!/bin/sh
set -eu
until [ -e ${whole} ]; do sleep 0.1; done
exec "/usr/lib/postgresql/$VERSION/bin/postgres" -D "${inside.volume}/$VERSION" -c config_file=${inside.told}/postgresql.conf
`;

/** Makes a cluster of one backup and the archive behind it. Tells in JSON how far it came. */
export const restoreScript = `#!/bin/sh
# usage: holdfast-restore BACKUP [TIME]
#
# Without a time, or where the archive ends before it, all of the archive is taken. Ends with 3 where the backup itself
# can't be read. Without a backup, it tells of the cluster that is there, or nothing.
set -eu
PATH="/usr/lib/postgresql/$VERSION/bin:$PATH"
cluster="${inside.volume}/$VERSION"
log="${inside.volume}/recovery.log"

main() {
  if [ $# -eq 0 ]; then [ ! -e ${whole} ] || cat ${whole}; exit; fi
  exec 9>${inside.volume}/lock
  flock 9
  if [ -e ${whole} ]; then cat ${whole} && exit; fi
  stop
  rm -rf "$cluster" "$log"
  fetch "$@" >&2 || exit 3
  reached=true
  recover || past_the_end
  tell >${whole}.new
  stop
  sync -f ${inside.volume}
  mv ${whole}.new ${whole}
  cat ${whole}
}

fetch() {
  if [ -n "\${2:-}" ]; then set -- "$1" --type=time "--target=$2" --target-action=promote; fi
  backup="$1" && shift
  pgbackrest --set="$backup" --archive-mode=off --job-retry=0 "$@" restore
}

# Alone: nobody comes in before all is there. The settings may be others than they were, which standbys do not take.
recover() {
  pg_ctl --pgdata "$cluster" --log "$log" --wait --timeout 86400 --silent start 9>&- \\
    --options "-c config_file=${inside.told}/postgresql.conf -c listen_addresses= -c hot_standby=off" || return 1
  until is ready; do
    is . || return 1
    sleep 0.1
  done
}

# What the server says of itself in the last line that it has for others; without a word to those who ask too early.
is() { sed -n 8p "$cluster/postmaster.pid" 2>/dev/null | grep -q "$1"; }

# The archive ends before the time that was asked for: then all of it is before that time.
past_the_end() {
  if ! grep -q 'recovery ended before configured recovery target was reached' "$log"; then
    tail -n 20 "$log" >&2
    exit 1
  fi
  reached=false
  sed -i '/^recovery_target/d' "$cluster/postgresql.auto.conf"
  recover || { tail -n 20 "$log" >&2; exit 1; }
}

tell() {
  psql --host ${inside.socket} --username postgres --no-psqlrc --tuples-only --no-align postgres <<SQL
select json_build_object(
  'reached', $reached,
  'lastCommit', to_char(pg_last_xact_replay_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MSZ'),
  'lastWal', substr(pg_walfile_name(pg_last_wal_replay_lsn()), 9));
SQL
}

stop() { [ ! -e "$cluster/postmaster.pid" ] || pg_ctl --pgdata "$cluster" --mode fast --wait stop >&2 || true; }

main "$@"
`;
