import { quote } from '../../../kit/shell-words.ts';
import type { SubjectOf } from '../../../model/spec/check-spec.ts';
import { withExample } from '../deeds/example.ts';
import { type Deed, line, unproven } from '../sabotage.ts';
import type { Saboteur, SaboteursOf } from '../saboteur.ts';

const [dpkg, single, apk] = ['/var/lib/dpkg/status', '/var/lib/dpkg/status.d', '/lib/apk/db/installed'];

const plain = (name: string): string => name.replaceAll(/[.*[\]^$\\/]/g, '\\$&');

/** From the line that names it to the end of its paragraph, in the databases that there are. */
const inDatabases = (name: string, ofDpkg: string, ofApk: string): string =>
  [
    `for file in ${dpkg} ${single}/*; do [ ! -f "$file" ] || sed -i ${quote(`/^Package: ${plain(name)}$/,/^$/${ofDpkg}`)} "$file"; done`,
    `[ ! -f ${apk} ] || sed -i ${quote(`/^P:${plain(name)}$/,/^$/${ofApk}`)} ${apk}`,
  ].join('; ');

/** It stays as it is, but nothing knows of it any more. */
const forgotten = ({ name }: SubjectOf<'package'>): Deed =>
  line(
    inDatabases(name, 'd', 'd'),
    `{ ! command -v rpm >/dev/null || rpm -e --justdb --nodeps ${quote(name)} 2>/dev/null || true; }`,
  );

const withVersion = (name: string, version: string): Deed =>
  line(
    inDatabases(
      name,
      `s|^Version: .*|Version: ${version.replaceAll(/[|&\\]/g, '\\$&')}|`,
      `s|^V:.*|V:${version.replaceAll(/[|&\\]/g, '\\$&')}|`,
    ),
  );

const installed = ({ name }: SubjectOf<'package'>): Deed =>
  line(
    `mkdir -p ${single}`,
    `printf 'Package: %s\\nStatus: install ok installed\\nVersion: 0\\n' ${quote(name)} > ${single}/${quote(name)}`,
    `{ [ ! -f ${dpkg} ] || { echo; cat ${single}/${quote(name)}; } >> ${dpkg}; }`,
  );

/** As no package has it: less than any. */
const none = '0~sabotage';

const hasExactVersion: Saboteur<'package', [version: string]> = {
  claimed: ({ name }) => withVersion(name, none),
  denied: ({ name }, version) => withVersion(name, version),
};

export const packageSaboteurs: SaboteursOf<'package'> = {
  isInstalled: { claimed: forgotten, denied: installed },
  hasVersion: {
    claimed: hasExactVersion.claimed,
    denied: ({ name }, wanted) => withExample(wanted, version => withVersion(name, version)),
  },
  hasExactVersion,
};

const asImage = unproven('an image is what its digest says: with anything changed it would be another one');

const never: Saboteur<'image', readonly unknown[]> = { claimed: () => asImage, denied: () => asImage };

export const imageSaboteurs: SaboteursOf<'image'> = {
  hasLayersUpTo: never,
  isSmallerThan: never,
  runsAs: never,
  hasDigest: never,
  hasNoSecret: never,
  hasNoSetId: never,
  hasNoStraySetId: never,
  hasNoWorldWritable: never,
};
