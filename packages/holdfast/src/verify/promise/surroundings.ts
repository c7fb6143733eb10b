import type { Fact } from '../../journal/fact.ts';
import type { Address } from '../../model/address.ts';
import type { Ground } from '../evidence/footing.ts';

/** What is known, sorted for asking. */
export interface Surroundings {
  readonly ground: Ground;
  readonly now: number;
  readonly names: ReadonlyMap<Address, readonly Address[]>;
  readonly runs: ReadonlyMap<Address, readonly Fact<'check.ran'>[]>;
  readonly measurements: ReadonlyMap<Address, readonly Fact<'promise.measured'>[]>;
}

/** All facts of a resource, under each name that it ever had, in order of `seq`. */
export const factsOf = <F extends { readonly seq: number }>(
  of: Address,
  facts: ReadonlyMap<Address, readonly F[]>,
  { names }: Surroundings,
): readonly F[] => (names.get(of) ?? [of]).flatMap(name => facts.get(name) ?? []).sort((a, b) => a.seq - b.seq);
