import type { ExtensionFacts, SettingFacts } from '../facts/postgres.ts';
import type { Matcher } from '../matcher.ts';
import { exactOrPattern, textOrPattern } from '../words/given.ts';
import { isThe, plainly, type TextPattern } from '../words/pattern.ts';
import { isVersion } from '../words/version.ts';

const isInstalled: Matcher<ExtensionFacts> = {
  says: () => 'is installed',
  holds: () => true,
  found: ({ version }) => `version ${version}`,
  isOfPresence: true,
};

const hasVersion: Matcher<ExtensionFacts, [version: TextPattern]> = {
  says: version => `has version ${plainly(version)}`,
  takes: [textOrPattern],
  holds: ({ version }, wanted) => isVersion(version, wanted),
  found: ({ version }) => `version ${version}`,
};

/** What can be said of an extension. */
export const extensionMatchers = {
  isInstalled,
  /** The whole of it, or its beginning up to a dot. Or a pattern. */
  hasVersion,
};

const hasValue: Matcher<SettingFacts, [value: TextPattern]> = {
  says: value => `is ${plainly(value)}`,
  takes: [exactOrPattern],
  holds: ({ value }, wanted) => isThe(wanted, value),
  found: ({ value }) => `it is ${value}`,
};

const waitsForRestart: Matcher<SettingFacts> = {
  says: () => 'waits for a restart',
  holds: ({ pendingRestart }) => pendingRestart,
  found: ({ value, pendingRestart }) => `it is ${value}${pendingRestart ? ', until a restart' : ''}`,
};

/** What can be said of a setting. */
export const settingMatchers = {
  /** As SHOW prints it: `'128MB'`. Or a pattern. */
  hasValue,
  /** It was changed, and the change takes effect with the next restart. */
  waitsForRestart,
};
