import { exitCode, Problem } from '../../kit/problem.ts';
import { nameIn } from '../../model/address.ts';
import { addressOf } from '../../model/resource.ts';
import type { ClusterSpec } from '../../model/spec/cluster-spec.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { Match } from './match.ts';
import type { Removals } from './removals.ts';

/**
 * One server and a cluster have their data in different volumes. Who declares the other would get a database that begins
 * empty, beside a volume that is full, and take that for a loss; or one that goes back to what it was when its volume was
 * named to be destroyed.
 */
export function refuseToBeginEmpty(
  model: SystemModel,
  matches: readonly Match[],
  removals: Removals,
  last: SystemModel | undefined,
): void {
  // What the release had that runs is what it goes on with: one that failed has named it in vain.
  const had = new Set(last?.resources.map(addressOf));
  const named = removals.cancelled.map(({ address }) => address);
  const isGivenUp = new Set(named.filter(address => !had.has(address)));
  const there = matches.filter(({ seen }) => seen).map(({ wanted }) => wanted.address);
  const goesOn = new Set(there.filter(address => !isGivenUp.has(address)));
  const left = new Set(removals.retained.filter(({ due }) => due === undefined).map(removals.addressOf));
  for (const { kind, name, spec } of model.resources) {
    if (kind !== 'cluster') continue;
    const { here = [], otherwise = [] } = (spec as ClusterSpec).data ?? {};
    const full = otherwise.filter(address => left.has(address));
    if (full.length === 0 || here.some(address => goesOn.has(address))) continue;
    const begins = here.some(address => isGivenUp.has(address)) ? 'go back to what was' : 'begin empty';
    throw beginsAnew(`"${name}" would ${begins}`, full.map(nameIn), here.map(nameIn));
  }
}

const beginsAnew = (begins: string, full: readonly string[], here: readonly string[]): Problem =>
  new Problem({
    what: `postgres ${begins} in ${here.join(', ')}`,
    why: `its data is in ${full.join(', ')}, and is not moved between one server and a cluster`,
    fix: `declare the new one beside it under another name, copy with pg_dump, and take the old one away then; or, where it may be lost: --destroy ${full.join(' ')}`,
    exit: exitCode.wrongUse,
  });
