import { dirname, join } from 'node:path';
import { sameJson } from '../kit/json.ts';
import { Problem } from '../kit/problem.ts';
import { subject } from '../model/declaration/handle.ts';
import { addressOf, type Resource } from '../model/resource.ts';
import { byAddress, type SystemModel } from '../model/system-model.ts';

/** Two evaluations of one file that gave two systems: says where they part. */
export function unequal(one: SystemModel, other: SystemModel, file: string): Problem {
  const resource = parting(one, other) ?? parting(other, one);
  return new Problem({
    what: `${file} does not declare the same system twice${resource ? `: ${subject(resource.kind, resource.name)} differs` : ''}`,
    where: resource?.at ? join(dirname(file), resource.at) : `${file}:1:1`,
    why: 'what it is made of changed between two evaluations a moment apart; then no plan could be trusted',
    fix: 'look for what changes there: a file that is being written, the order of a listing, an environment variable',
    evidence: resource
      ? [JSON.stringify(resource.spec), JSON.stringify(byAddress(other).get(addressOf(resource))?.spec ?? 'not there')]
      : [],
  });
}

function parting(one: SystemModel, other: SystemModel): Resource | undefined {
  const others = byAddress(other);
  return one.resources.find(resource => !sameJson(resource, others.get(addressOf(resource))));
}
