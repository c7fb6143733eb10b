import { rule } from '../../declaration/rule.ts';
import { isAbsolutePath } from '../../rules.ts';
import type { MountsFacts, OneMount } from '../facts/whole.ts';
import type { Matcher } from '../matcher.ts';
import { joined, listed } from '../words/found.ts';

const paths = rule<readonly string[]>(
  {
    is: 'an array of absolute paths that differ, with at least one in it',
    why: 'what mounts nothing is said with .none()',
    fix: "write it as in ['/data']",
  },
  value =>
    Array.isArray(value) && value.length > 0 && new Set(value).size === value.length && value.every(isAbsolutePath),
);

const spellMount = ({ at, source, filesystem }: OneMount): string => `${at} (${filesystem} of ${source})`;

const found = ({ mounts }: MountsFacts): string => listed(mounts.map(spellMount), 'nothing is mounted');

const only: Matcher<MountsFacts, [paths: readonly string[]]> = {
  says: wanted => `mounts nothing but ${joined(wanted)}`,
  denies: wanted => `mounts something else than ${joined(wanted)}`,
  takes: [paths],
  holds: ({ mounts }, wanted) => mounts.every(({ at }) => wanted.includes(at)),
  found,
};

const none: Matcher<MountsFacts> = {
  says: () => 'mounts nothing',
  denies: () => 'mounts something',
  holds: ({ mounts }) => mounts.length === 0,
  found,
};

/** What can be said of all that is mounted in a target. */
export const mountsMatchers = {
  /** At these paths, or fewer, and at no others. */
  only,
  none,
};
