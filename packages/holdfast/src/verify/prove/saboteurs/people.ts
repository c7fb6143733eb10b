import { withField, withLine, withMember, without } from '../deeds/tables.ts';
import type { Saboteur, SaboteursOf } from '../saboteur.ts';

/** Somebody that is hardly there. */
const nobody = 64_997;

const other = (id: number): number => (id === nobody ? nobody + 1 : nobody);

/** Of the fields of /etc/passwd, by their place. */
const field = <A extends string | number>(at: number, otherwise: (value: A) => A): Saboteur<'user', [value: A]> => ({
  claimed: ({ name }, value) => withField('/etc/passwd', name, at, otherwise(value)),
  denied: ({ name }, value) => withField('/etc/passwd', name, at, value),
});

const otherPath = (path: string): string => `${path}.sabotage`;

export const userSaboteurs: SaboteursOf<'user'> = {
  exists: {
    claimed: ({ name }) => without('/etc/passwd', name),
    denied: ({ name }) => withLine('/etc/passwd', `${name}:x:${nobody}:${nobody}::/:/bin/sh`),
  },
  hasUid: field(2, other),
  hasGid: field(3, other),
  hasHome: field(5, otherPath),
  hasShell: field(6, otherPath),
  isIn: {
    claimed: (_, group) => without('/etc/group', group),
    denied: ({ name }, group) => withMember(group, name),
  },
  canLogIn: {
    claimed: ({ name }) => withField('/etc/passwd', name, 6, '/usr/sbin/nologin'),
    denied: ({ name }) => withField('/etc/passwd', name, 6, '/bin/sh'),
  },
};

export const groupSaboteurs: SaboteursOf<'group'> = {
  exists: {
    claimed: ({ name }) => without('/etc/group', name),
    denied: ({ name }) => withLine('/etc/group', `${name}:x:${nobody}:`),
  },
  hasGid: {
    claimed: ({ name }, gid) => withField('/etc/group', name, 2, other(gid)),
    denied: ({ name }, gid) => withField('/etc/group', name, 2, gid),
  },
  hasMember: {
    // Its own line is what makes somebody a member whose primary group it is.
    claimed: ({ name }) => without('/etc/group', name),
    denied: ({ name }, user) => withMember(name, user),
  },
};
