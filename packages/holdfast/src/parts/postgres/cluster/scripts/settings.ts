import { inside } from '../../inside.ts';
import { type Layout, places } from '../places.ts';

const { config } = places;
const ctl = `patronictl -c ${config}`;

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
