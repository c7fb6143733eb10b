import { edgeInside } from '../../model/edge-inside.ts';

/** Switches that may live at once. The oldest gives way, for each is a process of 8 MB. */
const mostSwitches = 64;

/**
 * Process 1 of an edge. The front has every client's connection and is never reloaded. It ends with the front or the
 * serving switch, so that the engine starts all anew, with the last table. A switch that was taken over from goes when
 * the kernel knows of no connection to it: what it lists then is its listener alone.
 */
export const runScript = `#!/bin/sh
set -u
rm -rf ${edgeInside.runtime}
mkdir -m 700 ${edgeInside.runtime} && cd ${edgeInside.runtime} || exit 1

for table in ${edgeInside.last} ${edgeInside.next} /etc/holdfast/edge/first.json; do
  [ -e "$table" ] && sh ${edgeInside.turn} "$table" && break
done
caddy run --config /etc/holdfast/edge/front.json & front=$!
trap 'kill "$front"' TERM INT

alive() { kill -0 "$1" 2>/dev/null; }
idle() { [ "$(grep -c "${edgeInside.runtime}/$1.sock$" /proc/net/unix)" -le 1 ]; }
retire() { alive "$(cat "$1.pid")" && kill "$(cat "$1.pid")" || rm -f "$1.pid" "$1.sock" "$1.admin"; }

while alive "$front" && alive "$(cat current.pid)"; do
  sleep 1 & wait $!
  ln -s $$ lock 2>/dev/null || { alive "$(readlink lock)" || rm -f lock; continue; }
  count=0
  for file in $(ls -t ./*-*.pid); do
    turn=$(basename "$file" .pid)
    count=$((count + 1))
    [ "$turn.pid" = "$(readlink current.pid)" ] && continue
    if [ "$count" -gt ${mostSwitches} ] || idle "$turn"; then retire "$turn"; fi
  done
  rm -f lock
done
kill "$front" 2>/dev/null
wait "$front"
`;

/**
 * Lets a table take over: a new switch, and then, each in one step, the names by which the front finds its sockets. No
 * connection is refused or reset meanwhile: the one before goes on accepting what was led to it.
 */
export const turnScript = `#!/bin/sh
set -eu
cd ${edgeInside.runtime}
until ln -s $$ lock 2>/dev/null; do sleep 0.1; done
trap 'rm -f lock' EXIT
TURN=$(cat /proc/sys/kernel/random/uuid)
export TURN
caddy start --config "$1" --pidfile "$TURN.pid" >/proc/1/fd/1 2>&1 || { rm -f "$TURN".*; exit 1; }
for part in sock admin pid; do
  ln -sf "$TURN.$part" "next.$part"
  mv -f "next.$part" "current.$part"
done
`;
