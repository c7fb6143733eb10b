import { readdirSync, readlinkSync } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { ProcessesSeen, ProcessTexts } from '../../ports/looking/snapshot.ts';
import { type HeldProcess, holdProcess } from './held-process.ts';
import { under } from './tree/folder.ts';

/** The numbers of all processes of this machine, by their process namespace. */
export type ByNamespace = ReadonlyMap<string | undefined, readonly string[]>;

/** A look at all processes, which begins after it was asked for. Who asks in the same moment shares one. */
export function census(): () => Promise<ByNamespace> {
  let coming: Promise<ByNamespace> | undefined;
  const take = async (): Promise<ByNamespace> => {
    await turn();
    coming = undefined;
    return Map.groupBy(readdirSync('/proc').filter(isNumber), namespaceOf);
  };
  return () => {
    coming ??= take();
    return coming;
  };
}

const isNumber = (name: string): boolean => /^\d+$/.test(name);

/**
 * The processes of a container: those in the process namespace of its first one. It may share that of the machine: its
 * own are then those in its control group.
 */
export async function processesOf(
  first: HeldProcess,
  container: string | undefined,
  withSockets: boolean,
  all: () => Promise<ByNamespace>,
): Promise<ProcessesSeen> {
  const namespace = await first.readlink('ns/pid');
  const isShared = namespace === (await readlink('/proc/self/ns/pid'));
  const within = (await all()).get(namespace) ?? [];
  const group = isShared ? container : undefined;
  const limit = pLimit(atOnce);
  const texts = await limit.map(within, pid => textsOf(pid, { namespace, group, withSockets }));
  return { processes: texts.flatMap(one => one ?? []) };
}

/** As many as are held at a time. */
const atOnce = 32;

/** At once: the kernel never waits for anything to tell this, and a machine may have thousands. */
function namespaceOf(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return undefined;
  }
}

interface Within {
  readonly namespace: string;
  readonly group: string | undefined;
  readonly withSockets: boolean;
}

/** Undefined for one that has ended by now, or whose number another has got. */
async function textsOf(pid: string, { namespace, group, withSockets }: Within): Promise<ProcessTexts | undefined> {
  try {
    await using held = await holdProcess(pid);
    if ((await held.readlink('ns/pid')) !== namespace) return undefined;
    if (group !== undefined && !(await held.read('cgroup')).includes(group)) return undefined;
    const [status, cmdline] = await Promise.all([held.read('status'), held.read('cmdline')]);
    return { status, cmdline, ...(withSockets && { sockets: await socketsOf(held) }) };
  } catch (error) {
    return unlessEnded(error as NodeJS.ErrnoException);
  }
}

function unlessEnded(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ESRCH') throw error;
}

async function socketsOf(held: HeldProcess): Promise<readonly string[]> {
  const open = await readdir(under(held, 'fd'));
  const links = await Promise.all(open.map(number => held.readlink(`fd/${number}`).catch(() => '')));
  return links.flatMap(link => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []);
}
