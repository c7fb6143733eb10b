import { type Address, address } from '../../model/address.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { Match } from './match.ts';
import type { Change } from './plan.ts';

/** One change for each secret that is to have another value where it is used. The value itself is in no plan. */
export const rotationsOf = (
  names: readonly string[],
  model: SystemModel,
  matches: readonly Match[],
): readonly Change[] => {
  const changed = new Set(matches.filter(({ fate }) => fate !== 'keep').map(({ wanted }) => wanted.of));
  return names.flatMap(name => rotation(address('secret', name), usersOf(name, model, changed)));
};

/** Those that are given it anew. */
const usersOf = (name: string, { resources }: SystemModel, changed: ReadonlySet<Address>): readonly Address[] =>
  resources
    .filter(({ needs }) => needs.includes(address('secret', name)))
    .map(one => address(one.kind, one.name))
    .filter(one => changed.has(one));

const rotation = (of: Address, users: readonly Address[]): readonly Change[] =>
  users.length === 0
    ? []
    : [
        {
          action: 'rotate',
          address: of,
          of,
          why: [{ aspect: 'value', found: 'that of the release that runs', wanted: 'another one', mend: 'replace' }],
          notes: [`given anew to ${users.join(', ')}`],
        },
      ];
