import { inside } from './inside.ts';

/** Process 1: makes a cluster with its database on an empty volume, then becomes PostgreSQL. */
export const runScript = `#!/bin/sh
set -eu
programs=$(echo /usr/lib/postgresql/*/bin)
version=$(basename "$(dirname "$programs")")
cluster="${inside.volume}/$version"
PATH="$programs:$PATH"

main() {
  refuse_other_versions
  [ -e "$cluster/PG_VERSION" ] || make_cluster
  set_password "$cluster"
  exec postgres -D "$cluster" -c listen_addresses='*'
}

# A newer PostgreSQL can't read the files of an older one, and an empty database in its place would look like a loss.
refuse_other_versions() {
  for other in "${inside.volume}"/*/PG_VERSION; do
    case "$other" in
      "$cluster/PG_VERSION" | "${inside.volume}/making/PG_VERSION" | "${inside.volume}/*/PG_VERSION") ;;
      *) echo "this is PostgreSQL $version, and the volume holds $other: upgrade it with pg_upgrade" >&2 && exit 1 ;;
    esac
  done
}

# Under another name until it is whole: what was begun and not ended is begun anew.
make_cluster() {
  making="${inside.volume}/making"
  rm -rf "$making"
  initdb --pgdata "$making" --encoding UTF8 --locale C.UTF-8 --auth-host scram-sha-256 --auth-local peer
  echo "host $DATABASE_NAME $DATABASE_NAME samenet scram-sha-256" >>"$making/pg_hba.conf"
  alone "$making" <<SQL
create role "$DATABASE_NAME" login;
create database "$DATABASE_NAME" owner "$DATABASE_NAME";
SQL
  mv "$making" "$cluster"
}

# At every start, so that a new password needs no more than a restart. By standard input: it is in no process list.
set_password() {
  alone "$1" <<SQL
alter role "$DATABASE_NAME" password '$(sed "s/'/''/g" /run/secrets/database-password)';
SQL
}

alone() { postgres --single -D "$1" -c exit_on_error=on -c log_min_error_statement=panic postgres >/dev/null; }

main
`;
