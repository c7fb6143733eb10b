import type { Package } from '../package.ts';
import type { Wave } from './order.ts';

/** What maintainer scripts find in their environment: nobody to ask, no language, and the time of the bake. */
export const environment = (epoch: number): Readonly<Record<string, string>> => ({
  DEBCONF_NONINTERACTIVE_SEEN: 'true',
  DEBIAN_FRONTEND: 'noninteractive',
  HOME: '/root',
  LC_ALL: 'C.UTF-8',
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  SOURCE_DATE_EPOCH: String(epoch),
  TZ: 'UTC',
});

/**
 * No service is started while packages are configured: invoke-rc.d(8) asks this file, and 101 means no. And there is no
 * init to be told of anything, as in a chroot: libc6 would wait a second for it.
 */
const head = `set -eu
umask 022
exec </dev/null
mkdir /tmp/.holdfast-bin
ln -s /bin/true /tmp/.holdfast-bin/ischroot
PATH=/tmp/.holdfast-bin:$PATH
policy=
if ! [ -e /usr/sbin/policy-rc.d ]; then
  policy=/usr/sbin/policy-rc.d
  printf '#!/bin/sh\\nexit 101\\n' >$policy
  chmod 755 $policy
fi
export DPKG_ADMINDIR=/var/lib/dpkg DPKG_ROOT=
cd /
preinst() {
  mkdir /var/lib/dpkg/tmp.ci
  printf 'Package: %s\\n' "$1" >/var/lib/dpkg/tmp.ci/control
  for part in $4; do ln -s "../info/$2.$part" "/var/lib/dpkg/tmp.ci/$part"; done
  DPKG_MAINTSCRIPT_PACKAGE=$1 DPKG_MAINTSCRIPT_ARCH=$3 DPKG_MAINTSCRIPT_NAME=preinst \\
  DPKG_MAINTSCRIPT_PACKAGE_REFCOUNT=1 DPKG_MAINTSCRIPT_DEBUG=0 DPKG_RUNNING_VERSION=$version \\
    /var/lib/dpkg/tmp.ci/preinst install || { echo "The preinst of $1 failed with $?"; exit 1; }
  rm -r /var/lib/dpkg/tmp.ci
}
`;

/** An unfinished package would only show itself at the next installation. */
const tail = `dpkg --configure -a || {
  echo 'A maintainer script failed. Some rely on packages that they do not name: where a command was not found, name its package too.'
  exit 1
}
[ -z "$policy" ] || rm $policy
audit=$(dpkg --audit)
[ -z "$audit" ] || { echo "$audit"; exit 1; }
`;

const configured = ({ configure }: Wave): readonly string[] =>
  configure.length > 0 ? [`dpkg --configure ${configure.join(' ')}\n`] : [];

/** A `preinst` finds itself, and debconf its questions, in /var/lib/dpkg/tmp.ci, as when dpkg runs it. */
const preinst = ({ name, label, fields, parts }: Package): string => {
  const beside = ['config', 'preinst', 'templates'].filter(part => parts.has(part));
  return `preinst ${name} ${label} ${fields.get('Architecture')} '${beside.join(' ')}'\n`;
};

/** Configures unpacked packages, wave by wave. `dpkg` is the version of the one that does it. */
export const scriptOf = (waves: readonly Wave[], dpkg: string): string =>
  [
    `version=${dpkg}\n`,
    head,
    ...waves.flatMap(wave => [...wave.preinsts.map(preinst), ...configured(wave)]),
    tail,
  ].join('');
