import type { LockedPackage } from '../../../ports/distribution.ts';
import type { PackageRecord } from '../index/package-record.ts';

const blank: PackageRecord = {
  name: '',
  version: '',
  architecture: '',
  essential: false,
  priority: '',
  multiArch: '',
  preDepends: '',
  depends: '',
  provides: '',
  conflicts: '',
  breaks: '',
  replaces: '',
  source: '',
  path: '',
  size: 0,
  sha256: '',
  suite: '',
};

/**
 * What is installed below, as a record. An archive keeps no stanza of a version that was superseded: then those of the
 * newest one tell what it provides and refuses, which hardly ever changes within a release.
 */
export function recordOf(locked: LockedPackage, versions: readonly PackageRecord[]): PackageRecord {
  const { name, version, architecture, size, sha256, suite, path } = locked;
  const stanza = versions.find(record => record.version === version && record.architecture === architecture);
  return stanza ?? { ...blank, ...versions[0], name, version, architecture, size, sha256, suite, path };
}
