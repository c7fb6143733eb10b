import { inside } from '../inside.ts';

/** How pgBackRest says that another one is at work. */
const locked = 50;

/**
 * `holdfast-backup`: what the agent calls in the server that leads. What it tells is JSON on standard output. `writer` is
 * pgBackRest where it may write to the repository.
 */
export const backupScript = (writer: string): string => `#!/bin/sh
# usage: holdfast-backup full | diff | info | flush | stanza
#
#   full, diff   takes a backup, and tells of it
#   info         tells of all that are there
#   flush        has all that was written until now archived, within 30 s. A server that does not lead has nothing to do
#   stanza       makes the place for them, as soon as the server is up. It may be there already
set -eu
PATH="/usr/lib/postgresql/$VERSION/bin:$PATH"

ask() { psql --host ${inside.socket} --username postgres --no-psqlrc --tuples-only --no-align --command "$1" postgres; }

made() { pgbackrest --output=json info | python3 -c 'import json, sys; print(json.dumps(json.load(sys.stdin)[0]["backup"][-1]))'; }

# Of a cluster that was made anew the backups before it stay, and those of the new one come beside them.
make_place() { ${writer} stanza-create || ${writer} stanza-upgrade; }

case "\${1:-}" in
  full | diff)
    # The first one may come before the place for it is there.
    case "$(pgbackrest --output=json info)" in *'"db":[]'*) make_place || true ;; esac
    # A server that was just promoted has the timeline before in its control file until a checkpoint, and is refused.
    ask checkpoint >&2
    # Another one that is being taken holds the lock, and ends.
    until ${writer} --type="$1" backup >&2; do
      ended=$?
      [ $ended -eq ${locked} ] || exit $ended
      sleep 1
    done
    made
    ;;
  info) pgbackrest --output=json info ;;
  flush)
    [ "$(ask 'select pg_is_in_recovery()')" = f ] || exit 0
    last=$(ask 'select pg_walfile_name(pg_switch_wal())')
    for _ in $(seq 300); do
      [ "$(ask "select coalesce(max(last_archived_wal) >= '$last', false) from pg_stat_archiver")" != t ] || exit 0
      sleep 0.1
    done
    echo "$last is not archived after 30 s: $(ask 'select * from pg_stat_archiver')" >&2 && exit 1
    ;;
  stanza)
    until pg_isready --quiet --host ${inside.socket}; do sleep 0.5; done
    until make_place; do sleep 10; done
    ;;
  *) echo "usage: holdfast-backup full | diff | info | flush | stanza" >&2 && exit 2 ;;
esac
`;
