import { absolutePath, someText, wholeNumber } from '../rules.ts';
import type { Matcher } from './matcher.ts';

/** A user as /etc/passwd has it. */
export interface UserFacts {
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly shell: string;
}

type On<E extends string | number | undefined = undefined> = Matcher<UserFacts, E>;

const id = wholeNumber(0, 4_294_967_294, 'these are the ids that there are');

const exists: On = {
  says: () => 'exists',
  holds: () => true,
  found: ({ uid }) => `there is one, with uid ${uid}`,
  isOfPresence: true,
};

const hasUid: On<number> = {
  says: uid => `has uid ${uid}`,
  takes: id,
  holds: ({ uid }, wanted) => uid === wanted,
  found: ({ uid }) => `uid ${uid}`,
};

const hasGid: On<number> = {
  says: gid => `has gid ${gid}`,
  takes: id,
  holds: ({ gid }, wanted) => gid === wanted,
  found: ({ gid }) => `gid ${gid}`,
};

const hasHome: On<string> = {
  says: home => `has home ${home}`,
  takes: absolutePath,
  holds: ({ home }, wanted) => home === wanted,
  found: ({ home }) => `home ${home}`,
};

const hasShell: On<string> = {
  says: shell => `has shell ${shell}`,
  takes: someText,
  holds: ({ shell }, wanted) => shell === wanted,
  found: ({ shell }) => `shell ${shell || '/bin/sh'}`,
};

/** What can be said of a user. */
export const userMatchers = { exists, hasUid, hasGid, hasHome, hasShell };
