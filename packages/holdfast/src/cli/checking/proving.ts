import type { Address } from '../../model/address.ts';
import type { Seen } from '../../ports/provider.ts';
import { dockerCopies } from '../../providers/docker/index.ts';
import { type Proofs, prove } from '../../verify/prove/prove.ts';
import type { Place } from '../../verify/run/place.ts';
import type { SaidCheck } from '../../verify/run/run-checks.ts';
import { serviceOf } from '../ground/instances.ts';
import type { WorkingStage } from '../ground/stage.ts';

/** What runs, and what is said of it. */
export interface Provable {
  readonly target: Address;
  readonly place: Place;
  readonly checks: readonly SaidCheck[];
}

/** Shows what is said of services red, each on copies of one instance. Nothing else has copies. */
export async function proveAll(
  all: readonly Provable[],
  { hosts, signal }: WorkingStage,
  say: (line: string) => void,
): Promise<ReadonlyMap<Address, Proofs>> {
  const proved = new Map<Address, Proofs>();
  for (const { target, place, checks } of all) {
    const of = place.target as Seen;
    const host = hosts.find(({ engine }) => engine === of.engine);
    if (!host) continue;
    const assertions = checks.flatMap(({ spec }) => spec.assertions);
    say(`${serviceOf(place.name)}: ${assertions.length} sentences are to be shown red, on copies`);
    const lookers = place.lookers as Parameters<typeof prove>[3]['lookers'];
    proved.set(target, await prove(target, of, assertions, { copies: dockerCopies(host), lookers, signal }));
  }
  return proved;
}
