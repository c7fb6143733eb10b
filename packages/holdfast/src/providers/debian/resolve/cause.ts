import type { PackageRecord } from '../index/package-record.ts';
import { isConflict, type Need } from './need.ts';
import type { Package } from './package.ts';
import type { Packages, Pick } from './packages.ts';
import type { Relation } from './relation.ts';

/** Why a need can't be met: what stands at the end of the chain. */
export type Cause =
  | { readonly is: 'refused'; readonly need: Need; readonly by: Package; readonly refused: Package }
  | { readonly is: 'too old below'; readonly need: Need; readonly relation: Relation; readonly below: PackageRecord }
  | { readonly is: 'no such version'; readonly need: Need; readonly relation: Relation; readonly newest: PackageRecord }
  | { readonly is: 'no such package'; readonly need: Need; readonly relation: Relation };

/** Follows a need that is not met to what makes it impossible. */
export function causeOf(packages: Packages, need: Need, seen: ReadonlySet<Package> = new Set()): Cause | undefined {
  if (isConflict(need)) return refusal(packages, need, ({ chosen }) => chosen);
  for (const relation of need.oneOf) {
    const cause = causeIn(packages, need, relation, seen);
    if (cause) return cause;
  }
  return undefined;
}

function causeIn(packages: Packages, need: Need, relation: Relation, seen: ReadonlySet<Package>): Cause | undefined {
  const offers = packages.matches({ ...need, oneOf: [relation] }, offered);
  if (offers.length === 0) return absence(packages, need, relation);
  for (const pack of offers.filter(one => !seen.has(one))) {
    const cause = obstacle(packages, need, pack, new Set([...seen, pack]));
    if (cause) return cause;
  }
  return undefined;
}

/** What might be there, whatever was decided of it. */
const offered: Pick = ({ below, versions }) => below ?? versions[0];

function absence(packages: Packages, need: Need, relation: Relation): Cause | undefined {
  const { below, versions } = packages.named(relation.name);
  if (below) return { is: 'too old below', need, relation, below };
  const [newest] = versions;
  if (newest) return { is: 'no such version', need, relation, newest };
  return { is: 'no such package', need, relation };
}

/** Why a package that exists could not be chosen. */
function obstacle(packages: Packages, need: Need, pack: Package, seen: ReadonlySet<Package>): Cause | undefined {
  const record = offered(pack);
  if (!record) return undefined;
  if (!pack.chosen) pack.because = packages.named(need.of.name);
  const there: Pick = other => (other === pack ? record : other.chosen);
  return (
    refusedBySome(packages, pack, there) ??
    first(packages.needs(record), own => {
      if (isConflict(own)) return refusal(packages, own, there);
      return packages.isThere(own, there) ? undefined : causeOf(packages, own, seen);
    })
  );
}

function refusedBySome(packages: Packages, pack: Package, there: Pick): Cause | undefined {
  return first(packages.all(), ({ chosen }) => {
    const refusals = chosen ? packages.needs(chosen).filter(isConflict) : [];
    return first(refusals, need => {
      const cause = refusal(packages, need, there);
      return cause?.is === 'refused' && cause.refused === pack ? cause : undefined;
    });
  });
}

function refusal(packages: Packages, need: Need, there: Pick): Cause | undefined {
  const [refused] = packages.matches(need, there);
  return refused && { is: 'refused', need, by: packages.named(need.of.name), refused };
}

function first<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
