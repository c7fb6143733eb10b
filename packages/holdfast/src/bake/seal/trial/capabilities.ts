import type { Address } from '../../../model/address.ts';
import type { Known, Resource } from '../../../model/resource.ts';
import type { SystemModel } from '../../../model/system-model.ts';

/** What an engine gives to any container that says nothing (moby, `oci/caps/defaults.go`). */
export const usualCapabilities: readonly string[] = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

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
