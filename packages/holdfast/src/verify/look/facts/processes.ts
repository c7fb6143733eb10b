import { basename } from 'node:path';
import type { OneProcess, ProcessFacts } from '../../../model/assertion/facts/machine.ts';
import type { ProcessesFacts } from '../../../model/assertion/facts/whole.ts';
import { type ProcessTexts, type Snapshot, sessionCommand } from '../../../ports/looking/snapshot.ts';
import type { Glance } from './glance.ts';
import type { Scene } from './scene.ts';
import { notRead } from './texts.ts';

/** One process, as its texts say it. */
export interface OneProcessRead extends Omit<OneProcess, 'user'> {
  /** What the kernel calls it: no more than 15 bytes. */
  readonly name: string;
  /** Of its session, as the target has it. */
  readonly session: number;
  readonly sockets: readonly string[];
}

/** All that are the target's own, and run: one that has ended is there until somebody asks how. */
export function processesIn({ processes = notRead }: Snapshot): readonly OneProcessRead[] {
  if (!('processes' in processes)) return [];
  const running = processes.processes.filter(({ status }) => !/^[ZX]/.test(field(status, 'State')));
  const all = running.map(processOf);
  const tree = treeOf(all, running);
  const ours = new Set(all.flatMap(one => oursWith(one, tree)));
  const pids = new Set([...ours].map(({ pid }) => pid));
  const sessions = new Set([...ours].map(({ session }) => session).filter(session => pids.has(session)));
  return all.filter(one => !pids.has(one.pid) && !sessions.has(one.session));
}

/** As runc and those like it call themselves inside, until they become what they were asked to start. */
const beingStarted = /^\w+:\[\d:\w+\]$/;

interface Tree {
  parentOf(one: OneProcessRead): OneProcessRead | undefined;
}

function treeOf(all: readonly OneProcessRead[], texts: readonly ProcessTexts[]): Tree {
  const byId = new Map(all.map((one, at) => [field(texts[at]?.status ?? '', 'Pid'), one]));
  const parents = new Map(all.map((one, at) => [one, byId.get(field(texts[at]?.status ?? '', 'PPid'))]));
  return { parentOf: one => parents.get(one) };
}

/**
 * What is there for a session of ours alone, where this is one, or is about to become one. Anything inside can call itself
 * so, but nothing inside has a parent that is not there and yet is not the first; or, on a machine, came in over SSH.
 */
function oursWith(one: OneProcessRead, tree: Tree): readonly OneProcessRead[] {
  const isCalledSo = one.command.join(' ') === sessionCommand.join(' ') || beingStarted.test(one.name);
  if (!isCalledSo || one.pid === 1) return [];
  const parent = tree.parentOf(one);
  if (!parent) return [one];
  const way = wayIn(parent, tree);
  return way ? [one, ...way] : [];
}

/** From a session up to what serves its connection; undefined where it did not come by one. Who listens for others is not of it. */
function wayIn(parent: OneProcessRead, { parentOf }: Tree): readonly OneProcessRead[] | undefined {
  const way: OneProcessRead[] = [];
  let at: OneProcessRead | undefined = parent;
  for (; at && (at.name === 'sudo' || at.name === 'setsid'); at = parentOf(at)) way.push(at);
  if (!at || !isSshd(at)) return undefined;
  for (let next = parentOf(at); next && isSshd(next); next = parentOf(next)) {
    way.push(at);
    at = next;
  }
  return way;
}

/** `sshd-session` since OpenSSH 9.8. */
const isSshd = ({ name }: OneProcessRead): boolean => name.startsWith('sshd');

function processOf({ status, cmdline, sockets = [] }: ProcessTexts): OneProcessRead {
  const last = (name: string): number => Number(field(status, name).split('\t').at(-1));
  return {
    name: field(status, 'Name'),
    pid: last('NSpid'),
    session: last('NSsid'),
    uid: Number(field(status, 'Uid').split('\t')[1]),
    command: cmdline.split('\0').slice(0, -1),
    resident: Number.parseInt(field(status, 'VmRSS') || '0', 10) * 1_024,
    sockets,
  };
}

const field = (status: string, name: string): string =>
  new RegExp(`^${name}:[ \\t]*(.*)$`, 'm').exec(status)?.[1] ?? '';

/** All whose program has the name, however it was called. */
export function processIn({ snapshot, processes, people }: Scene, name: string): Glance<ProcessFacts> {
  const { processes: seen = notRead } = snapshot;
  if (!('processes' in seen)) return seen;
  const found = processes.filter(one => namesOf(one).has(name));
  if (found.length === 0) return { missing: `none runs among ${someNames(processes)}` };
  return { facts: { processes: found.map(one => factsOf(one, people)) } };
}

/** All of them, whatever they are called. */
export function ownersOf({ snapshot, processes, people }: Scene): Glance<ProcessesFacts> {
  const { processes: seen = notRead } = snapshot;
  return 'processes' in seen ? { facts: { processes: processes.map(one => factsOf(one, people)) } } : seen;
}

function factsOf({ pid, uid, command, resident }: OneProcessRead, people: Scene['people']): OneProcess {
  const user = people.userOf(uid);
  return { pid, uid, ...(user !== undefined && { user }), command, resident };
}

/** Of a script, what runs it is a name too, and so is the script. Programs may say more of themselves: `nginx: worker`. */
function namesOf({ name, command: [first = ''] }: OneProcessRead): ReadonlySet<string> {
  return new Set([name, basename(first).replace(/^-/, ''), basename(first.split(/[: ]/)[0] ?? '')]);
}

const someNames = (all: readonly OneProcessRead[]): string => {
  const names = [...new Set(all.map(({ name }) => name))];
  return `${names.slice(0, 10).join(', ')}${names.length > 10 ? ` and ${names.length - 10} more` : ''}` || 'none';
};
