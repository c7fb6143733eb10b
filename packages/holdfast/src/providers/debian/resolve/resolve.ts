import type { PackageRequest } from '../../../ports/distribution.ts';
import type { PackageIndex, PackageRecord } from '../index/package-record.ts';
import { unmet } from './explain.ts';
import { choose, isBroken } from './install.ts';
import { isAdded, type Package } from './package.ts';
import { Packages } from './packages.ts';
import { sweep } from './sweep.ts';
import { wantedBy } from './wanted.ts';

export type Question = Pick<PackageRequest, 'suite' | 'architecture' | 'set' | 'packages' | 'below'>;

/**
 * What `apt-get install --no-install-recommends` would add, sorted by name: of each package the newest version over
 * all suites, and what it needs. Nothing below is touched. Throws a Problem for what can't be found, can't be together,
 * or would need a newer version of what is below.
 */
export function resolve(index: PackageIndex, question: Question): readonly PackageRecord[] {
  const packages = new Packages(index, question.architecture, question.below);
  const asked = wantedBy(index, packages, question);
  chooseAll(packages, asked);
  sweep(packages, asked);
  const broken = packages.all().filter(pack => isBroken(packages, pack));
  if (broken.length > 0) throw unmet(packages, broken);
  return added(packages);
}

/** All that was asked for is decided before anything that it needs, so that its needs are met by what was asked for. */
function chooseAll(packages: Packages, asked: readonly Package[]): void {
  for (const pack of asked) {
    pack.guarded = true;
    choose(packages, pack, { asked: true, withNeeds: false });
  }
  for (const pack of asked) choose(packages, pack, { asked: true, withNeeds: true });
}

function added(packages: Packages): readonly PackageRecord[] {
  const records = packages.all().flatMap(pack => (isAdded(pack) && pack.chosen ? [pack.chosen] : []));
  return records.sort((a, b) => (a.name < b.name ? -1 : 1));
}
