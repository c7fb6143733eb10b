import { inside } from './inside.ts';

/** Makes a cluster on an empty volume, then becomes PostgreSQL. `VERSION` is in its environment. */
export const runScript = `#!/bin/sh
set -eu
PATH="/usr/lib/postgresql/$VERSION/bin:$PATH"
cluster="${inside.volume}/$VERSION"

main() {
  refuse_other_versions
  [ -e "$cluster/PG_VERSION" ] || make_cluster
  # In no way a child of PostgreSQL's, which would take its end for a crash of its own.
  if [ -n "\${PGBACKREST_STANZA:-}" ]; then (holdfast-backup stanza &); fi
  exec postgres -D "$cluster" -c config_file=${inside.told}/postgresql.conf
}

# A newer PostgreSQL can't read the files of an older one, and an empty database in its place would look like a loss.
refuse_other_versions() {
  for other in "${inside.volume}"/*/PG_VERSION; do
    case "$other" in
      "$cluster/PG_VERSION" | "${inside.volume}/making/PG_VERSION" | "${inside.volume}/*/PG_VERSION") ;;
      *) echo "this is PostgreSQL $VERSION, and the volume holds $other: upgrade it with pg_upgrade" >&2 && exit 1 ;;
    esac
  done
}

# Under another name until it is whole: what was begun and not ended is begun anew.
make_cluster() {
  making="${inside.volume}/making"
  rm -rf "$making"
  initdb --pgdata "$making" --encoding UTF8 --locale C.UTF-8 --data-checksums --auth peer
  sync "$making"
  mv "$making" "$cluster"
}

main
`;
