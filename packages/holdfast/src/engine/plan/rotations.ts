import { type Address, address } from '../../model/address.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { Match } from './match.ts';
import type { Change } from './plan.ts';
import type { Rotated } from './plan-input.ts';

/** One change for each secret that is to have another value where it is used. The value itself is in no plan. */
export const rotationsOf = (
  rotated: readonly Rotated[],
  model: SystemModel,
  matches: readonly Match[],
): readonly Change[] => {
  const changed = new Set(matches.filter(({ fate }) => fate !== 'keep').map(({ wanted }) => wanted.of));
  return rotated.flatMap(one => rotation(one, usersOf(one.name, model, changed)));
};

/** Those that are given it anew. */
const usersOf = (name: string, { resources }: SystemModel, changed: ReadonlySet<Address>): readonly Address[] =>
  resources
    .filter(({ needs }) => needs.includes(address('secret', name)))
    .map(one => address(one.kind, one.name))
    .filter(one => changed.has(one));

function rotation({ name, wanted }: Rotated, users: readonly Address[]): readonly Change[] {
  const of = address('secret', name);
  const why = [{ aspect: 'value', found: 'that of the release that runs', wanted, mend: 'replace' }] as const;
  return users.length === 0
    ? []
    : [{ action: 'rotate', address: of, of, why, notes: [`given anew to ${users.join(', ')}`] }];
}
