import { exitCode, Problem } from '../../kit/problem.ts';
import { nameIn } from '../../model/address.ts';
import type { ClusterSpec } from '../../model/spec/cluster-spec.ts';
import type { SystemModel } from '../../model/system-model.ts';
import type { Match } from './match.ts';
import type { Removals } from './removals.ts';

/**
 * One server and a cluster have their data in different volumes. Who declares the other would get a database that begins
 * empty, beside a volume that is full, and take that for a loss.
 */
export function refuseToBeginEmpty(model: SystemModel, matches: readonly Match[], removals: Removals): void {
  const isThere = new Set(matches.filter(({ seen }) => seen).map(({ wanted }) => wanted.address));
  const left = new Set(removals.retained.map(removals.addressOf));
  for (const { kind, name, spec } of model.resources) {
    if (kind !== 'cluster') continue;
    const { here = [], otherwise = [] } = (spec as ClusterSpec).data ?? {};
    const full = otherwise.filter(address => left.has(address));
    if (full.length === 0 || here.some(address => isThere.has(address))) continue;
    throw beginsEmpty(name, full.map(nameIn), here.map(nameIn));
  }
}

const beginsEmpty = (name: string, full: readonly string[], empty: readonly string[]): Problem =>
  new Problem({
    what: `postgres "${name}" would begin empty in ${empty.join(', ')}`,
    why: `its data is in ${full.join(', ')}, and is not moved between one server and a cluster`,
    fix: `declare the new one beside it under another name, copy with pg_dump, and take the old one away then; or, where it may be lost: --destroy ${full.join(' ')}`,
    exit: exitCode.wrongUse,
  });
