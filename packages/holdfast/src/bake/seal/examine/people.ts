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
  const rosters = await rows(tree, 'etc/group');
  const membersOf = ([, , gid, listed = '']: readonly string[]): readonly string[] => {
    const primary = accounts.filter(account => account[3] === gid).map(([name = '']) => name);
    return [...new Set([...primary, ...listed.split(',').filter(Boolean)])];
  };
  const groups = new Map(
    rosters.map(roster => [roster[0] ?? '', { gid: Number(roster[2]), members: membersOf(roster) }] as const),
  );
  const groupsOf = (user: string) =>
    [...groups].filter(([, { members }]) => members.includes(user)).map(([name]) => name);
  const users = new Map(
    accounts.map(
      ([name = '', , uid, gid, , home = '', shell = '']) =>
        [name, { uid: Number(uid), gid: Number(gid), home, shell, groups: groupsOf(name) }] as const,
    ),
  );
  return {
    users,
    groups,
    userOf: uid => [...users].find(([, user]) => user.uid === uid)?.[0],
    groupOf: gid => [...groups].find(([, group]) => group.gid === gid)?.[0],
  };
}

async function rows(tree: ImageTree, path: string): Promise<readonly string[][]> {
  const text = Buffer.from((await tree.read(path)) ?? []).toString('utf8');
  return text
    .split('\n')
    .filter(line => line.includes(':'))
    .map(line => line.split(':'));
}
