import type { PackageFacts } from '../facts/software.ts';
import type { Matcher } from '../matcher.ts';
import { name, textOrPattern } from '../words/given.ts';
import { plainly, type TextPattern } from '../words/pattern.ts';
import { isVersion } from '../words/version.ts';

const isInstalled: Matcher<PackageFacts> = {
  says: () => 'is installed',
  holds: () => true,
  found: ({ version }) => `version ${version}`,
  isOfPresence: true,
};

const hasVersion: Matcher<PackageFacts, [version: TextPattern]> = {
  says: version => `has version ${plainly(version)}`,
  takes: [textOrPattern],
  holds: ({ version }, wanted) => isVersion(version, wanted),
  found: ({ version }) => `version ${version}`,
};

const hasExactVersion: Matcher<PackageFacts, [version: string]> = {
  says: version => `has version ${version} and no other`,
  denies: version => `has another version than ${version}`,
  takes: [name],
  holds: ({ version }, wanted) => version === wanted,
  found: ({ version }) => `version ${version}`,
};

/** What can be said of a package of the distribution. */
export const packageMatchers = {
  isInstalled,
  /** The whole of it, or its beginning up to a dot or hyphen: `'15'`, `'1.22.1-9'`. Or a pattern. */
  hasVersion,
  /** The whole of it, as the package manager spells it: `'1.22.1-9+deb12u1'`. */
  hasExactVersion,
};
