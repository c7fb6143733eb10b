import type { GroupFacts, UserFacts } from '../../../model/assertion/facts/people.ts';
import type { ImageTree } from '../../../ports/image-tree.ts';

/** Users and groups of an image. */
export interface People {
  readonly users: ReadonlyMap<string, UserFacts>;
  readonly groups: ReadonlyMap<string, GroupFacts>;
  userOf(uid: number): string | undefined;
  groupOf(gid: number): string | undefined;
}

/** Reads /etc/passwd and /etc/group. Where they are not there, there is nobody. */
export async function peopleIn(tree: ImageTree): Promise<People> {
  const accounts = await rows(tree, 'etc/passwd');
  const groups = groupsOf(await rows(tree, 'etc/group'), accounts);
  const users = usersOf(accounts, groups);
  return {
    users,
    groups,
    userOf: uid => [...users].find(([, user]) => user.uid === uid)?.[0],
    groupOf: gid => [...groups].find(([, group]) => group.gid === gid)?.[0],
  };
}

type Rows = readonly (readonly string[])[];

function groupsOf(rosters: Rows, accounts: Rows): People['groups'] {
  const ofPrimary = (gid: string) => accounts.filter(account => account[3] === gid).map(([name = '']) => name);
  return new Map(
    rosters.map(([name = '', , gid = '', listed = '']) => {
      const members = new Set([...ofPrimary(gid), ...listed.split(',').filter(Boolean)]);
      return [name, { gid: Number(gid), members: [...members] }] as const;
    }),
  );
}

function usersOf(accounts: Rows, groups: People['groups']): People['users'] {
  const withMember = (user: string) => [...groups].filter(([, { members }]) => members.includes(user));
  return new Map(
    accounts.map(([name = '', , uid, gid, , home = '', shell = '']) => {
      const itsGroups = withMember(name).map(([group]) => group);
      return [name, { uid: Number(uid), gid: Number(gid), home, shell, groups: itsGroups }] as const;
    }),
  );
}

async function rows(tree: ImageTree, path: string): Promise<readonly string[][]> {
  const text = Buffer.from((await tree.read(path)) ?? []).toString('utf8');
  return text
    .split('\n')
    .filter(line => line.includes(':'))
    .map(line => line.split(':'));
}
