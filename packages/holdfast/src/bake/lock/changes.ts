import type { LockFile } from './lock-file.ts';

/** A package that another state of the lock has in another version, or only one of them has. */
export interface LockChange {
  readonly name: string;
  /** Versions, sorted; none where it was not there before. */
  readonly before: readonly string[];
  /** None where it is no longer there. */
  readonly after: readonly string[];
}

/** What changes between two states of the lock, by the name of the package. */
export function lockChanges(before: LockFile, after: LockFile): readonly LockChange[] {
  const [had, has] = [versionsIn(before), versionsIn(after)];
  return [...new Set([...had.keys(), ...has.keys()])]
    .sort()
    .map(name => ({ name, before: had.get(name) ?? [], after: has.get(name) ?? [] }))
    .filter(change => change.before.join(' ') !== change.after.join(' '));
}

function versionsIn({ packages, tarballs }: LockFile): ReadonlyMap<string, readonly string[]> {
  const versions = new Map<string, readonly string[]>();
  const add = (name: string, version: string): void =>
    void versions.set(name, [...new Set([...(versions.get(name) ?? []), version])].sort());
  for (const key of Object.keys(packages)) add(...nameAndVersion(key.split(' ')));
  for (const key of Object.keys(tarballs)) add(key.slice(0, key.lastIndexOf('@')), key.slice(key.lastIndexOf('@') + 1));
  return versions;
}

const nameAndVersion = ([name = '', version = '']: readonly string[]): [string, string] => [name, version];
