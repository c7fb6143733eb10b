import { isConflict } from './need.ts';
import { isAdded, type Package } from './package.ts';
import { chosen, type Packages } from './packages.ts';

/** Gives up what was chosen for the sake of packages that were given up later, as apt does with what nothing needs. */
export function sweep(packages: Packages, asked: readonly Package[]): void {
  const needed = new Set<Package>();
  for (const pack of asked) reach(packages, pack, needed);
  for (const pack of packages.all()) if (isAdded(pack) && !needed.has(pack)) pack.chosen = undefined;
}

function reach(packages: Packages, pack: Package, needed: Set<Package>): void {
  if (needed.has(pack) || !pack.chosen) return;
  needed.add(pack);
  for (const need of packages.needs(pack.chosen).filter(one => !isConflict(one))) {
    for (const other of packages.solutions(need, chosen)) reach(packages, other, needed);
  }
}
