import type { PackageRecord } from '../index/package-record.ts';
import { isConflict, type Need } from './need.ts';
import { isAdded, type Package } from './package.ts';
import { candidate, chosen, type Packages } from './packages.ts';

interface Mark {
  /** Whether it was asked for, and not only needed. */
  readonly asked?: boolean;
  /** Whether what it needs is to be chosen too. */
  readonly withNeeds: boolean;
}

/**
 * Chooses a package and what it needs, step by step as apt does (`pkgDepCache::MarkInstall` in apt's depcache.cc, for
 * one architecture, with everything below held), so that the same packages come out. False where that failed: then
 * what was asked for stays chosen, with needs that are not met, and anything else is given up.
 */
export function choose(packages: Packages, pack: Package, mark: Mark): boolean {
  if (pack.below) return true;
  if (!mayBeChosen(pack, mark) || pack.candidate === undefined) return false;
  if (!pack.guarded && pack.chosen && !isBroken(packages, pack)) return true;
  if (mark.withNeeds && !canHaveNeeds(packages, pack)) return false;
  return chooseCandidate(packages, pack, pack.candidate, mark);
}

const mayBeChosen = (pack: Package, { asked }: Mark): boolean => asked === true || isAdded(pack) || !pack.guarded;

export function isBroken(packages: Packages, { chosen: record }: Package): boolean {
  return record !== undefined && packages.needs(record).some(need => !packages.isFulfilled(need));
}

/** A package with a need that nothing can meet is never tried again. */
function canHaveNeeds(packages: Packages, pack: Package): boolean {
  const needs = pack.candidate ? packages.needs(pack.candidate) : [];
  const impossible = needs.some(
    need => !isConflict(need) && !packages.isThere(need, chosen) && !packages.isThere(need, candidate),
  );
  if (impossible && !pack.guarded) pack.candidate = undefined;
  return !impossible;
}

function chooseCandidate(packages: Packages, pack: Package, record: PackageRecord, mark: Mark): boolean {
  const firm = pack.guarded;
  const stubborn = firm || mark.asked === true;
  const open = packages.needs(record).filter(need => firm || !packages.isFulfilled(need));
  if (mark.asked) pack.chosen = record;
  const cleared = !mark.withNeeds || giveUpRefused(packages, open.filter(isConflict), { firm, stubborn });
  if (!cleared && !stubborn) return false;
  pack.chosen = record;
  if (!mark.withNeeds) return cleared;
  const needs = open.filter(need => !isConflict(need));
  const met = guarding(pack, () => meetAll(packages, pack, needs, { firm, stubborn }));
  if (!met && !stubborn) giveUp(pack);
  return met && cleared;
}

function giveUp(pack: Package): void {
  pack.chosen = undefined;
  pack.candidate = undefined;
}

/** While its needs are met, nothing may undo the package itself. */
function guarding<T>(pack: Package, work: () => T): T {
  const before = pack.guarded;
  pack.guarded = true;
  const result = work();
  pack.guarded = before;
  return result;
}

interface Manner {
  /** The package is decided for good: so is what it can't do without. */
  readonly firm: boolean;
  /** Goes on after the first failure, so that all that can be chosen is. */
  readonly stubborn: boolean;
}

function giveUpRefused(packages: Packages, refusals: readonly Need[], { firm, stubborn }: Manner): boolean {
  let cleared = true;
  for (const need of refusals) {
    for (const refused of packages.solutions(need, candidate)) {
      if (!isGivenUp(refused, firm)) cleared = false;
      if (!cleared && !stubborn) return false;
    }
  }
  return cleared;
}

function isGivenUp(refused: Package, firm: boolean): boolean {
  if (refused.below || (refused.chosen && refused.guarded)) return false;
  refused.chosen = undefined;
  if (firm) Object.assign(refused, { candidate: undefined, guarded: true });
  return true;
}

function meetAll(packages: Packages, pack: Package, needs: readonly Need[], { firm, stubborn }: Manner): boolean {
  let met = true;
  for (const need of needs) {
    const isMet = packages.isThere(need, chosen);
    if (isMet ? firm && !settle(packages, need) : !meet(packages, pack, need, firm)) met = false;
    if (!met && !stubborn) return false;
  }
  return met;
}

/** Where only one package can serve what is decided, that one is decided as well. */
function settle(packages: Packages, need: Need): boolean {
  const [only, ...others] = packages.solutions(need, candidate);
  if (only === undefined || others.length > 0 || only.guarded) return true;
  only.guarded = true;
  return choose(packages, only, { withNeeds: true });
}

function meet(packages: Packages, pack: Package, need: Need, firm: boolean): boolean {
  const solutions = packages.solutions(need, candidate);
  const only = firm && solutions.length === 1;
  return solutions.some(solution => solution.candidate !== undefined && take(packages, pack, solution, only));
}

function take(packages: Packages, pack: Package, solution: Package, only: boolean): boolean {
  if (!solution.chosen) solution.because = pack;
  if (only) {
    if (!choose(packages, solution, { withNeeds: false })) return false;
    solution.guarded = true;
  }
  return choose(packages, solution, { withNeeds: true });
}
