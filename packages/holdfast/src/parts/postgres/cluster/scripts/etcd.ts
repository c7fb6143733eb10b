import { type Layout, namesOf, type Place, places } from '../places.ts';

const { ports } = places;

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
serves "$ETCD_NAME" health >/dev/null && echo 'has a majority' && exit 0
for other in ${namesOf(etcd).join(' ')}; do
  [ "$other" != "$ETCD_NAME" ] && serves "$other" status >/dev/null 2>&1 && exit 1
done
exit 0
`;
