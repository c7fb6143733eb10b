import type { OneProcess } from '../facts/machine.ts';
import type { ProcessesFacts } from '../facts/whole.ts';
import type { Matcher } from '../matcher.ts';
import { joined, listed } from '../words/found.ts';
import { names } from '../words/given.ts';

const runOnlyAs: Matcher<ProcessesFacts, [users: readonly string[]]> = {
  says: users => `runs as nobody but ${joined(users)}`,
  denies: users => `runs as somebody else than ${joined(users)}`,
  takes: [names],
  holds: ({ processes }, users) =>
    processes.every(({ user, uid }) => [user, String(uid)].some(one => isOf(users, one))),
  found: ({ processes }) => listed([...new Set(processes.map(spellProcess))], 'nothing runs'),
};

const isOf = (users: readonly string[], user: string | undefined): boolean =>
  user !== undefined && users.includes(user);

const spellProcess = ({ user, uid, pid, command: [program = `process ${pid}`] }: OneProcess): string =>
  `${program} as ${user ?? uid}`;

/** What can be said of all processes of a target. */
export const processesMatchers = {
  /** All of them run as one of these users: names, or uids. */
  runOnlyAs,
};
