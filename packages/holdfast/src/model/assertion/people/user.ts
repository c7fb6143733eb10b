import { absolutePath, someText } from '../../rules.ts';
import type { UserFacts } from '../facts/people.ts';
import type { Matcher } from '../matcher.ts';
import { listed } from '../words/found.ts';
import { id, name } from '../words/given.ts';

type On<A extends readonly (string | number)[] = []> = Matcher<UserFacts, A>;

const exists: On = {
  says: () => 'exists',
  holds: () => true,
  found: ({ uid }) => `there is one, with uid ${uid}`,
  isOfPresence: true,
};

const hasUid: On<[uid: number]> = {
  says: uid => `has uid ${uid}`,
  takes: [id],
  holds: ({ uid }, wanted) => uid === wanted,
  found: ({ uid }) => `uid ${uid}`,
};

const hasGid: On<[gid: number]> = {
  says: gid => `has gid ${gid}`,
  takes: [id],
  holds: ({ gid }, wanted) => gid === wanted,
  found: ({ gid }) => `gid ${gid}`,
};

const hasHome: On<[path: string]> = {
  says: home => `has home ${home}`,
  takes: [absolutePath],
  holds: ({ home }, wanted) => home === wanted,
  found: ({ home }) => `home ${home}`,
};

const hasShell: On<[shell: string]> = {
  says: shell => `has shell ${shell}`,
  takes: [someText],
  holds: ({ shell }, wanted) => shell === wanted,
  found: ({ shell }) => `shell ${shell || '/bin/sh'}`,
};

const isIn: On<[group: string]> = {
  says: group => `is in group ${group}`,
  takes: [name],
  holds: ({ groups }, wanted) => groups.includes(wanted),
  found: ({ groups }) => listed(groups, 'it is in no group'),
};

const canLogIn: On = {
  says: () => 'can log in',
  holds: ({ shell }) => !/\/(nologin|false)$/.test(shell),
  found: ({ shell }) => `shell ${shell || '/bin/sh'}`,
};

/** What can be said of a user. */
export const userMatchers = {
  exists,
  hasUid,
  hasGid,
  hasHome,
  hasShell,
  /** A group by its name, the primary one too. */
  isIn,
  /** Its shell is one. */
  canLogIn,
};
