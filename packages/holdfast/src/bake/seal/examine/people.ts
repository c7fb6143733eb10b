import type { UserFacts } from '../../../model/assertion/facts/people.ts';
import type { ImageTree } from '../../../ports/image-tree.ts';

/** Users and groups of an image. */
export interface People {
  readonly users: ReadonlyMap<string, UserFacts>;
  readonly groups: ReadonlyMap<string, number>;
  userOf(uid: number): string | undefined;
  groupOf(gid: number): string | undefined;
}

/** Reads /etc/passwd and /etc/group. Where they are not there, there is nobody. */
export async function peopleIn(tree: ImageTree): Promise<People> {
  const rosters = await rows(tree, 'etc/group');
  const groups = new Map(rosters.map(([name = '', , gid]) => [name, Number(gid)] as const));
  const users = new Map(
    (await rows(tree, 'etc/passwd')).map(([name = '', , uid, gid, , home = '', shell = '']) => {
      const isIn = (roster: readonly string[]) => roster[2] === gid || roster[3]?.split(',').includes(name);
      const itsGroups = rosters.filter(isIn).map(([group = '']) => group);
      return [name, { uid: Number(uid), gid: Number(gid), home, shell, groups: itsGroups }] as const;
    }),
  );
  return {
    users,
    groups,
    userOf: uid => [...users].find(([, user]) => user.uid === uid)?.[0],
    groupOf: gid => [...groups].find(([, id]) => id === gid)?.[0],
  };
}

async function rows(tree: ImageTree, path: string): Promise<readonly string[][]> {
  const text = Buffer.from((await tree.read(path)) ?? []).toString('utf8');
  return text
    .split('\n')
    .filter(line => line.includes(':'))
    .map(line => line.split(':'));
}
