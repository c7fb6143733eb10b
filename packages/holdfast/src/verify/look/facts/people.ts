import type { GroupFacts, UserFacts } from '../../../model/assertion/facts/people.ts';
import type { Snapshot } from '../../../ports/looking/snapshot.ts';
import { textAt } from './texts.ts';

/** Users and groups of a target. */
export interface People {
  readonly users: ReadonlyMap<string, UserFacts>;
  readonly groups: ReadonlyMap<string, GroupFacts>;
  userOf(uid: number): string | undefined;
  groupOf(gid: number): string | undefined;
}

export const peopleFiles = ['/etc/passwd', '/etc/group'] as const;

/** Reads /etc/passwd and /etc/group. Where they are not there, there is nobody. */
export function peopleIn(snapshot: Snapshot): People {
  const [passwd, group] = peopleFiles.map(path => rows(textAt(snapshot, path) ?? ''));
  return peopleOf(passwd ?? [], group ?? []);
}

type Rows = readonly (readonly string[])[];

function peopleOf(passwd: Rows, group: Rows): People {
  const nameOfGroup = new Map(group.toReversed().map(([name = '', , gid]) => [Number(gid), name]));
  const nameOfUser = new Map(passwd.toReversed().map(([name = '', , uid]) => [Number(uid), name]));
  const users = passwd.map(([name = '', , uid, gid, , home = '', shell = '']): [string, UserFacts] => [
    name,
    { uid: Number(uid), gid: Number(gid), home, shell, groups: groupsOf(name, nameOfGroup.get(Number(gid)), group) },
  ]);
  const groups = group.map(([name = '', , gid, members = '']): [string, GroupFacts] => [
    name,
    { gid: Number(gid), members: membersOf(members, Number(gid), passwd) },
  ]);
  return {
    users: new Map(users),
    groups: new Map(groups),
    userOf: uid => nameOfUser.get(uid),
    groupOf: gid => nameOfGroup.get(gid),
  };
}

const rows = (text: string): Rows =>
  text
    .split('\n')
    .filter(line => line.includes(':'))
    .map(line => line.split(':'));

const namesIn = (list: string): readonly string[] => list.split(',').filter(Boolean);

function groupsOf(user: string, primary: string | undefined, group: Rows): readonly string[] {
  const others = group.filter(([, , , members = '']) => namesIn(members).includes(user)).map(([name = '']) => name);
  return [...new Set([...(primary === undefined ? [] : [primary]), ...others])];
}

const membersOf = (listed: string, gid: number, passwd: Rows): readonly string[] => [
  ...new Set([
    ...namesIn(listed),
    ...passwd.filter(([, , , primary]) => Number(primary) === gid).map(([name = '']) => name),
  ]),
];
