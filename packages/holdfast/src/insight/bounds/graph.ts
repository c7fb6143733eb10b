import { compareShares, complement, difference, product, type Share, whole } from '../../kit/percentage.ts';
import { all, type Element, element, elementsOf, mapElements, type Structure } from './structure.ts';

/** Replicas, each in one such group at most, that one cause can take at once: they share an image and a release. */
export interface CommonCause {
  /** The element that stands for it, as in `common-cause/web`. */
  readonly id: string;
  /** The share of a replica's failures that take all of them. */
  readonly beta: Share;
  /** Ids of elements. */
  readonly members: readonly string[];
}

/** What a promise rests on. Immutable plain data. */
export interface Graph {
  readonly structure: Structure;
  readonly commonCauses: readonly CommonCause[];
  /** The promises that it is given, also by way of others. */
  readonly ceilings?: readonly Ceiling[];
}

/** What is promised elsewhere. Who rests on a promise may count on its objective, and on no more. */
export interface Ceiling {
  /** As in `promise/cards-are-charged`. */
  readonly id: string;
  readonly objective: Share;
}

/** The availability of a replica in two: what is its own, and what it has in common with the others. */
export interface Split {
  readonly own: Share;
  readonly common: Share;
}

/**
 * The beta-factor model: of the unavailability `q = 1 − A` of a replica, `β·q` is a cause that takes all replicas at
 * once, an element of its own in series with each of them; `(1 − β)·q` stays with the replica. So n replicas of which
 * one is needed come to
 *
 *     (1 − β·q) · (1 − ((1 − β)·q)ⁿ)
 *
 * which `1 − [β·q + ((1 − β)·q)ⁿ]` approximates from below. Source: K. N. Fleming, "A reliability model for common
 * mode failures in redundant safety systems", General Atomic GA-A13284 (1974); as used by NUREG/CR-5485 (1998) and
 * IEC 61508-6, annex D. Where replicas differ, the cause is taken from the best of them: it can't fail more often.
 */
export const split = (availability: Share, beta: Share, best = availability): Split => {
  const shared = product([beta, complement(best)]);
  return { own: complement(difference(complement(availability), shared)), common: complement(shared) };
};

/** With each common cause as the extra element that it is; a replica that stands alone has none. */
export function correlated({ structure, commonCauses }: Graph): Structure {
  const elements = elementsOf(structure);
  const changed = new Map(commonCauses.flatMap(cause => [...parted(cause, elements)]));
  return changed.size === 0 ? structure : mapElements(structure, one => changed.get(one.id) ?? one);
}

function* parted({ id, beta, members }: CommonCause, elements: readonly Element[]): Iterable<[string, Structure]> {
  const known = elements.filter(one => members.includes(one.id));
  const best = bestOf(known);
  if (known.length < 2 || !best) return;
  for (const one of known) {
    const { own, common } = split(one.availability ?? whole, beta, best);
    yield [one.id, all([element(one.id, own), element(id, common)])];
  }
}

/** Undefined where one of them has no figure, and so never fails. */
function bestOf(members: readonly Element[]): Share | undefined {
  const figures = members.flatMap(({ availability }) => availability ?? []);
  return figures.length < members.length ? undefined : figures.toSorted(compareShares).at(-1);
}
