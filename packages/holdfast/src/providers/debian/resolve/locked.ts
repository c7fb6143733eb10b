import type { LockedPackage } from '../../../ports/distribution.ts';
import type { PackageRecord } from '../index/package-record.ts';

/** A package as the lock holds it. `source` is what the index says, as in `openssl (3.0.17-1)`, if it differs. */
export function toLocked(record: PackageRecord): LockedPackage {
  const { name, version, architecture, size, sha256, suite, path, source } = record;
  return { name, version, architecture, size, sha256, suite, path, ...(source !== '' && { source }) };
}
