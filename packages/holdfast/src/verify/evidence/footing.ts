import type { Footed, Footing } from '../../journal/evidence.ts';
import { digestOf } from '../../kit/hash.ts';
import { type Address, address } from '../../model/address.ts';
import { addressOf, isKnown, type Known, type Resource } from '../../model/resource.ts';
import { measuredAt, restsOnIn } from '../../model/rests-on.ts';
import { byAddress, type SystemModel } from '../../model/system-model.ts';
import type { Value } from '../../model/value.ts';

/** The digests that run now, by the address of their image. */
export type Digests = ReadonlyMap<Address, string>;

/** What evidence would stand on, if it were found now. */
export interface Ground {
  /** Of a run of a check: what it says, and all that its target rests on. Of another resource: all that it rests on. */
  of(resource: Address): Footing;
  /** Of a measurement: the question that is asked, and all that the answer comes from. */
  ofMeasure(promise: Known<'promise'>): Footing;
}

export function groundOf(model: SystemModel, digests: Digests): Ground {
  const all = byAddress(model);
  const before = firstNames(model);
  const restsOn = restsOnIn(model.resources);
  const footing = (starts: readonly Value[]): Footing =>
    Object.fromEntries([...restsOn(starts)].sort().map(of => [of, footed(all.get(of), digests.get(of), before)]));
  return {
    of: resource => footing([resource]),
    ofMeasure: promise => ({
      [addressOf(promise)]: { spec: fingerprint(promise.spec.measured, before) },
      ...footing(measuredAt(promise.spec)),
    }),
  };
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
  // How often it is taken to be there changes nothing of what runs.
  const { replicas, availability: _, commonCause: _cause, ...rest } = resource.spec;
  return { replicas, spec: fingerprint(rest, before) };
}

const fingerprint = (spec: unknown, before: Names): string =>
  digestOf(
    JSON.parse(JSON.stringify(spec ?? null), (_, value) =>
      typeof value === 'string' ? (before.get(value) ?? value) : value,
    ),
  ).slice(0, 16);
