import { someText } from '../../rules.ts';
import type { MountFacts } from '../facts/files.ts';
import type { Matcher } from '../matcher.ts';
import { name } from '../words/given.ts';

const isMounted: Matcher<MountFacts> = {
  says: () => 'is mounted',
  holds: () => true,
  found: ({ filesystem, source }) => `${source} (${filesystem}) is mounted there`,
  isOfPresence: true,
};

const isOfType: Matcher<MountFacts, [filesystem: string]> = {
  says: filesystem => `is of type ${filesystem}`,
  takes: [name],
  holds: ({ filesystem }, wanted) => filesystem === wanted,
  found: ({ filesystem }) => `type ${filesystem}`,
};

const comesFrom: Matcher<MountFacts, [source: string]> = {
  says: source => `comes from ${source}`,
  takes: [someText],
  holds: ({ source }, wanted) => source === wanted,
  found: ({ source }) => `it comes from ${source}`,
};

const hasOption: Matcher<MountFacts, [option: string]> = {
  says: option => `has the option ${option}`,
  takes: [name],
  holds: ({ options }, wanted) => options.includes(wanted),
  found: ({ options }) => `options ${options.join(',')}`,
};

const isReadOnly: Matcher<MountFacts> = {
  says: () => 'is mounted read-only',
  holds: ({ options }) => options.includes('ro'),
  found: ({ options }) => `options ${options.join(',')}`,
};

/** What can be said of the file system that is mounted at a path. */
export const mountMatchers = {
  isMounted,
  /** As in `'ext4'`, `'tmpfs'`. */
  isOfType,
  /** The device, or what stands for it. */
  comesFrom,
  /** As in `'noexec'`. */
  hasOption,
  isReadOnly,
};
