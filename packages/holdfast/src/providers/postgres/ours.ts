import { Problem } from '../../kit/problem.ts';
import type { InsideDesire } from '../../ports/desires.ts';
import type { Desired, Difference, Seen } from '../../ports/provider.ts';
import { identifier } from './sql/quote.ts';

/**
 * The object that serves as the desired one: any of ours. It has another uid than the one that was meant for a new one
 * where no server answered when the plan was made, or where a backup was brought here; it is then given the new one.
 */
export function onlyOurs<T>(desired: Desired, seen: Seen<T>): Seen<T> {
  if (seen.birth || seen.owner) return seen;
  throw new Problem({
    what: `${desired.address} can't be created: there is a ${desired.kind} ${seen.name} that is not ours`,
    why: 'it was made by hand, and somebody may rely on it',
    fix: `give the declared one another name, or call the other something else: alter ${desired.kind} ${identifier(seen.name)} rename to …`,
  });
}

/** Refuses to bring in line what another object must take the place of. */
export function refuseReplacement(desired: Desired, differences: readonly Difference[]): void {
  const first = differences.find(({ mend }) => mend === 'replace');
  if (!first) return;
  throw new Problem({
    what: `${desired.address} can't be changed as it stands`,
    why: `${first.aspect}: found ${first.found}, wanted ${first.wanted}`,
    fix: 'plan again: another must take its place',
  });
}

/** A difference where there is one. */
export const differing = (
  aspect: string,
  found: string,
  wanted: string,
  mend: Difference['mend'] = 'in-place',
): readonly Difference[] => (found === wanted ? [] : [{ aspect, found, wanted, mend }]);

/** It may still have the name of its cluster that its servers were born with. */
export const elsewhere = ({ cluster, formerClusters }: InsideDesire, found: string): readonly Difference[] =>
  formerClusters.includes(found) ? [] : differing('cluster', found, cluster, 'replace');

export const limitWords = (limit = -1): string => (limit < 0 ? 'none' : String(limit));

/** What was just made, or was just there, is not. */
export function vanished({ address }: Desired): never {
  throw new Problem({
    what: `${address} is gone the moment it was there`,
    why: 'somebody else works on the same server',
    retry: true,
  });
}
