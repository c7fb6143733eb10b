import { exitCode, Problem } from '../../kit/problem.ts';
import type { TreeEntry } from '../../kit/tree.ts';
import type { StepOf } from '../../model/spec/recipe.ts';
import type { ImageTree } from '../../ports/image-tree.ts';
import type { Ids } from './copy.ts';
import { made } from './entries.ts';

export interface UserContext {
  /** Seconds since 1970: of what changes, and the day that the password counts from. */
  readonly epoch: number;
  /** Of a user that follows from a name in the recipe: whoever has the name serves, else the next free id is taken. */
  readonly isImplied?: boolean;
}

/**
 * The account files with a user and a group of its name, as `useradd --user-group --no-create-home` would leave them.
 * Empty where the user is there with that id. Throws a Problem where the name or the id is another's.
 */
export async function userTree(
  tree: ImageTree,
  step: StepOf<'user'>,
  { epoch, isImplied = false }: UserContext,
): Promise<readonly TreeEntry[]> {
  const accounts = await accountsOf(tree);
  const user = accounts.users.find(({ name }) => name === step.name);
  if (user && (isImplied || user.id === step.uid)) return [];
  const uid = isImplied ? nextFree(accounts, step.uid) : step.uid;
  mustBeFree(accounts, step.name, uid);
  const hasGroup = accounts.groups.some(({ name }) => name === step.name);
  const lines = linesFor({ ...step, uid }, Math.floor(epoch / 86_400));
  const files = hasGroup ? (['passwd', 'shadow'] as const) : (['passwd', 'shadow', 'group', 'gshadow'] as const);
  const changed = await Promise.all(files.map(file => appended(tree, `etc/${file}`, lines[file], epoch)));
  return changed.flatMap(entry => entry ?? []);
}

/** Ids of `name`, `uid` or `uid:gid`. Throws a Problem for a name that the tree does not know. */
export async function idsOf(tree: ImageTree, owner: string): Promise<Ids> {
  const [user = '', group] = owner.split(':');
  if (user === 'root') return { uid: 0, gid: 0 };
  if (/^\d+$/.test(user)) return { uid: Number(user), gid: Number(group ?? user) };
  const found = (await accountsOf(tree)).users.find(({ name }) => name === user);
  if (found) return { uid: found.id, gid: found.group };
  throw new Problem({
    what: `no user is called ${user} in the image`,
    why: 'files belong to an id, and only /etc/passwd of the image says which',
    fix: `put user('${user}') before that step, or write the ids as in '10001:10001'`,
    exit: exitCode.wrongUse,
  });
}

interface Account {
  readonly name: string;
  readonly id: number;
  /** Of a user: its first group. */
  readonly group: number;
}

interface Accounts {
  readonly users: readonly Account[];
  readonly groups: readonly Account[];
}

/** passwd(5) and group(5). */
async function accountsOf(tree: ImageTree): Promise<Accounts> {
  const [users, groups] = await Promise.all([accountsIn(tree, 'etc/passwd'), accountsIn(tree, 'etc/group')]);
  return { users, groups };
}

async function accountsIn(tree: ImageTree, path: string): Promise<readonly Account[]> {
  const text = Buffer.from((await tree.read(path)) ?? []).toString();
  return text.split('\n').flatMap(line => {
    const [name, , id, group] = line.split(':');
    return name && id ? [{ name, id: Number(id), group: Number(group) }] : [];
  });
}

function nextFree({ users, groups }: Accounts, from: number): number {
  const taken = new Set([...users, ...groups].map(({ id }) => id));
  for (let id = from; ; id += 1) if (!taken.has(id)) return id;
}

function mustBeFree({ users, groups }: Accounts, name: string, uid: number): void {
  const user = users.find(one => one.name === name) ?? users.find(({ id }) => id === uid);
  if (user) throw taken(name, uid, `user ${user.name} has the id ${user.id}`);
  const group = groups.find(one => (one.name === name) !== (one.id === uid));
  if (group) throw taken(name, uid, `group ${group.name} has the id ${group.id}`);
}

const taken = (name: string, uid: number, why: string): Problem =>
  new Problem({
    what: `user ${name} with the id ${uid} can not be added`,
    why: `${why} in what the steps before have made`,
    fix: `give it another id, as in user('${name}', { uid: ${uid + 1} }), or leave the step out if that user serves`,
    exit: exitCode.wrongUse,
  });

const linesFor = ({ name, uid, home, shell }: StepOf<'user'>, day: number) => ({
  passwd: `${name}:x:${uid}:${uid}::${home}:${shell}`,
  shadow: `${name}:!:${day}:0:99999:7:::`,
  group: `${name}:x:${uid}:`,
  gshadow: `${name}:!::`,
});

/** Undefined where the file is not there: an image without shadow passwords gets none. */
async function appended(tree: ImageTree, path: string, line: string, epoch: number): Promise<TreeEntry | undefined> {
  const [entry, had] = [tree.entry(path), await tree.read(path)];
  if (!entry || !had) return undefined;
  const before = Buffer.from(had);
  const end = before.length > 0 && before.at(-1) !== 10 ? '\n' : '';
  const content = Buffer.concat([before, Buffer.from(`${end}${line}\n`)]);
  const { mode, uid, gid } = entry;
  return { ...made.file(path, mode, content, content.length, epoch), uid, gid };
}
