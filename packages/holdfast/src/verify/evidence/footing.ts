import type { Footed, Footing } from '../../journal/evidence.ts';
import { digestOf } from '../../kit/hash.ts';
import { type Address, address } from '../../model/address.ts';
import { addressOf, isKnown, type Known, type Resource } from '../../model/resource.ts';
import { measuredAt, restsOn } from '../../model/rests-on.ts';
import { byAddress, type SystemModel } from '../../model/system-model.ts';
import type { Value } from '../../model/value.ts';

/** The digests that run now, by the address of their image. */
export type Digests = ReadonlyMap<Address, string>;

/** What a run of a check stands on: what it says, and all that its target rests on. */
export const footingOfCheck = (model: SystemModel, digests: Digests, check: Address): Footing =>
  footingOf(model, digests, [check]);

/** What a measurement stands on: the question that is asked, and all that the answer comes from. */
export const footingOfMeasure = (model: SystemModel, digests: Digests, promise: Known<'promise'>): Footing => ({
  [addressOf(promise)]: { spec: fingerprint(promise.spec.measured, firstNames(model)) },
  ...footingOf(model, digests, measuredAt(promise.spec)),
});

function footingOf(model: SystemModel, digests: Digests, starts: readonly Value[]): Footing {
  const all = byAddress(model);
  const before = firstNames(model);
  const path = [...restsOn(model.resources, starts)].sort();
  return Object.fromEntries(path.map(of => [of, footed(all.get(of), digests.get(of), before)]));
}

type Names = ReadonlyMap<string, Address>;

/** By address the name that a renamed resource had first: a rename changes no evidence of what mentions it. */
const firstNames = ({ resources }: SystemModel): Names =>
  new Map(
    resources.flatMap(({ kind, name, movedFrom: [first] = [] }) =>
      first === undefined ? [] : [[address(kind, name), address(kind, first)]],
    ),
  );

/** An image is its digest, whatever it was made of. */
function footed(resource: Resource | undefined, digest: string | undefined, before: Names): Footed {
  if (!resource) return {};
  if (isKnown('image')(resource)) return digest === undefined ? {} : { digest };
  if (!isKnown('service')(resource)) return { spec: fingerprint(resource.spec, before) };
  const { replicas, ...rest } = resource.spec;
  return { replicas, spec: fingerprint(rest, before) };
}

const fingerprint = (spec: unknown, before: Names): string =>
  digestOf(
    JSON.parse(JSON.stringify(spec ?? null), (_, value) =>
      typeof value === 'string' ? (before.get(value) ?? value) : value,
    ),
  ).slice(0, 16);
