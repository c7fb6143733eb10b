import { execFileSync, spawnSync } from 'node:child_process';
import { packageIndex } from '../../index/package-index.ts';
import type { PackageIndex } from '../../index/package-record.ts';

const helper = '/usr/lib/apt/apt-helper';
const format = '$(CREATED_BY)|$(ORIGIN)|$(CODENAME)|$(FILENAME)';

interface List {
  readonly suite: string;
  readonly file: string;
}

/** Debian's own lists of this machine's apt, in its order; none where there is no apt, or none were fetched. */
export const aptLists: readonly List[] =
  spawnSync('apt-get', ['indextargets', '--format', format], {
    encoding: 'utf8',
  })
    .stdout?.split('\n')
    .map(line => line.split('|'))
    .filter(([kind, origin]) => kind === 'Packages' && origin === 'Debian')
    .map(([, , suite = '', file = '']) => ({ suite, file })) ?? [];

export function indexOfLists(): PackageIndex {
  return packageIndex(aptLists.map(({ suite, file }) => ({ suite, bytes: content(file) })));
}

/** Apt keeps its lists compressed, each as it likes. */
const content = (file: string): Buffer => execFileSync(helper, ['cat-file', file], { maxBuffer: 2 ** 28 });
