import { inside } from '../../inside.ts';

interface Places {
  /** A file that is there since a moment ago in a server that is being promoted. */
  readonly promoting: string;
  /** Empty where it is on another machine. */
  readonly repository: string;
}

export const fetchPlaces: Places = { promoting: `${inside.socket}/promoting`, repository: inside.repository };

/**
 * Fetches one file of the archive for a standby: `fetch FILE PATH`. A piece of a timeline's WAL that a later timeline
 * has forked from is left out, from the fork on. The archive may have it: what a primary wrote and nobody was told of
 * before it died is archived by Patroni when it comes back. A standby that took it in could follow nobody any more. It
 * finds the same on the later timeline.
 *
 * Who is being promoted has all that was acknowledged, and writes wait for it: of the archive it needs to know which
 * timelines there are, and no more. An answer takes a tenth of a second, and it would ask five times.
 */
export const fetchScript = ({ promoting, repository }: Places): string => `#!/bin/sh
set -eu
file=$1 path=$2
if [ -n "$(find ${promoting} -mmin -1 2>/dev/null)" ]; then
  case "$file" in
    *.history) [ ! -e "pg_wal/$file" ] || exit 1 ;;
    *) exit 1 ;;
  esac
fi

get() { ! is_missing "$1" && pgbackrest archive-get "$1" "$2"; }

# Where the repository is a volume, what no database has put there is seen without pgBackRest.
is_missing() {
  case "$1" in
    *.history) as="$1" ;;
    *[!0-9A-F]*) return 1 ;;
    *) as="$(echo "$1" | cut -c 1-16)/$1-*" ;;
  esac
  seen=1
  for archive in ${repository}/*/archive/*/[0-9]*; do
    [ -d "$archive" ] || continue
    seen=0
    for found in "$archive"/$as; do
      [ ! -e "$found" ] || return 1
    done
  done
  return $seen
}

# Which piece of 16 MB, from 8 digits of the upper and 8 of the lower half.
piece_in() { echo $((0x$1 * 256 + 0x$2)); }

is_left_out() {
  case "$file" in *[!0-9A-F]*) return 1 ;; esac
  history=$(mktemp)
  trap 'rm -f "$history"' EXIT
  timeline=$(echo "$file" | cut -c 1-8)
  get "$(printf '%08X' $((0x$timeline + 1))).history" "$history" >/dev/null 2>&1 || return 1
  fork=$(sed -n "s|^$((0x$timeline))[[:space:]]\\{1,\\}\\([0-9A-F]*/[0-9A-F]*\\).*|\\1|p" "$history")
  [ -n "$fork" ] || return 1
  forked=$((0x\${fork%/*} * 256 + 0x\${fork#*/} / 16777216))
  [ "$(piece_in "$(echo "$file" | cut -c 9-16)" "$(echo "$file" | cut -c 17-24)")" -ge "$forked" ]
}

if is_left_out; then
  echo "$file is left out: a later timeline forked before its end"
  exit 1
fi
get "$file" "$path"
`;
