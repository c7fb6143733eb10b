import type { Address } from '../../../model/address.ts';
import type { Known, Resource } from '../../../model/resource.ts';
import type { SystemModel } from '../../../model/system-model.ts';
import { usualCapabilities } from '../../../ports/capabilities.ts';

/**
 * What an image is tried with: that which its services, jobs and migrations are given, so that what works in the trial
 * works there; where nobody runs it, what is usual.
 */
export function capabilitiesOf(model: SystemModel, image: Address): readonly string[] {
  const given = model.resources.filter(runs).filter(({ spec }) => spec.image === image);
  if (given.length === 0) return usualCapabilities;
  return [...new Set(given.flatMap(({ spec }) => spec.capabilities))].sort();
}

const runs = (resource: Resource): resource is Known<'service'> | Known<'job'> | Known<'migration'> =>
  ['service', 'job', 'migration'].includes(resource.kind);
