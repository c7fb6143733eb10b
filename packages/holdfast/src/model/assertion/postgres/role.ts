import type { RoleFacts } from '../facts/postgres.ts';
import type { Matcher } from '../matcher.ts';
import { listed } from '../words/found.ts';
import { name } from '../words/given.ts';

type On<A extends readonly string[] = []> = Matcher<RoleFacts, A>;

const rights = (facts: RoleFacts): string =>
  listed(
    [
      facts.superuser && 'superuser',
      facts.login && 'login',
      facts.replication && 'replication',
      facts.createRole && 'may create roles',
      facts.createDatabase && 'may create databases',
    ].filter(one => one !== false),
    'it has no rights of its own',
  );

const exists: On = { says: () => 'exists', holds: () => true, found: rights, isOfPresence: true };
const isSuperuser: On = { says: () => 'is a superuser', holds: ({ superuser }) => superuser, found: rights };
const canLogIn: On = { says: () => 'can log in', holds: ({ login }) => login, found: rights };
const canReplicate: On = { says: () => 'can replicate', holds: ({ replication }) => replication, found: rights };
const canCreateRoles: On = { says: () => 'can create roles', holds: ({ createRole }) => createRole, found: rights };
const canCreateDatabases: On = {
  says: () => 'can create databases',
  holds: ({ createDatabase }) => createDatabase,
  found: rights,
};

const isMemberOf: On<[role: string]> = {
  says: role => `is a member of ${role}`,
  takes: [name],
  holds: ({ memberOf }, role) => memberOf.includes(role),
  found: ({ memberOf }) => listed(memberOf, 'it is a member of none'),
};

/** What can be said of a role. */
export const roleMatchers = {
  exists,
  isSuperuser,
  canLogIn,
  canReplicate,
  canCreateRoles,
  canCreateDatabases,
  isMemberOf,
};
