import type { Footed, Footing } from '../../journal/evidence.ts';
import { type Address, address, kindOf } from '../../model/address.ts';
import { byAddress, type SystemModel } from '../../model/system-model.ts';

/** What of the ground is another one since evidence was found on it. */
export interface Change {
  readonly of: Address;
  readonly what: 'digest' | 'replicas' | 'spec' | 'new' | 'gone';
  /** As it was. Absent where there is nothing to tell, or where it was not there. */
  readonly from?: string;
  readonly to?: string;
}

/** By address the names under which it may stand in older facts. */
export const formerNames = (model: SystemModel): ReadonlyMap<Address, readonly Address[]> =>
  new Map(
    [...byAddress(model)].map(([of, { kind, movedFrom = [] }]) => [
      of,
      [of, ...movedFrom.map(name => address(kind, name))],
    ]),
  );

/** What changed from one footing to the next. A renamed resource is the same one. */
export function changesBetween(then: Footing, now: Footing, names: ReadonlyMap<Address, readonly Address[]>) {
  const known = new Set<Address>();
  const changes = Object.entries(now).flatMap(([key, to]): readonly Change[] => {
    const of = key as Address;
    const was = (names.get(of) ?? [of]).find(name => name in then);
    if (was === undefined) return [{ of, what: 'new' }];
    known.add(was);
    return changed(of, then[was] ?? {}, to);
  });
  const gone = (Object.keys(then) as Address[]).filter(of => !known.has(of));
  return [...changes, ...gone.map((of): Change => ({ of, what: 'gone' }))].sort(byWeight);
}

const aspects = ['digest', 'replicas', 'spec'] as const;

const changed = (of: Address, from: Footed, to: Footed): readonly Change[] =>
  aspects
    .filter(what => from[what] !== to[what])
    .map(what => ({ of, what, ...told('from', what, from), ...told('to', what, to) }));

/** A fingerprint says nothing to anybody. */
const told = (key: 'from' | 'to', what: keyof Footed, { [what]: value }: Footed): Partial<Change> =>
  what === 'spec' || value === undefined ? {} : { [key]: String(value) };

/** Images first: they are what changes most. */
const byWeight = (a: Change, b: Change): number => Number(kindOf(b.of) === 'image') - Number(kindOf(a.of) === 'image');
