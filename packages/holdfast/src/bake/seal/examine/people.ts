import type { UserFacts } from '../../../model/assertion/user.ts';
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
  const users = new Map(
    (await rows(tree, 'etc/passwd')).map(
      ([name = '', , uid, gid, , home = '', shell = '']) =>
        [name, { uid: Number(uid), gid: Number(gid), home, shell }] as const,
    ),
  );
  const groups = new Map((await rows(tree, 'etc/group')).map(([name = '', , gid]) => [name, Number(gid)] as const));
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
