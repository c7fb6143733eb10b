import type { GroupFacts } from '../facts/people.ts';
import type { Matcher } from '../matcher.ts';
import { listed } from '../words/found.ts';
import { id, name } from '../words/given.ts';

const exists: Matcher<GroupFacts> = {
  says: () => 'exists',
  holds: () => true,
  found: ({ gid }) => `there is one, with gid ${gid}`,
  isOfPresence: true,
};

const hasGid: Matcher<GroupFacts, [gid: number]> = {
  says: gid => `has gid ${gid}`,
  takes: [id],
  holds: ({ gid }, wanted) => gid === wanted,
  found: ({ gid }) => `gid ${gid}`,
};

const hasMember: Matcher<GroupFacts, [user: string]> = {
  says: user => `has ${user} as a member`,
  takes: [name],
  holds: ({ members }, wanted) => members.includes(wanted),
  found: ({ members }) => listed(members, 'nobody is in it'),
};

/** What can be said of a group. */
export const groupMatchers = { exists, hasGid, hasMember };
