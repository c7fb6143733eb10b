import { readlinkSync } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import pLimit from 'p-limit';
import type { ProcessesSeen, ProcessTexts } from '../../ports/looking/snapshot.ts';
import { type HeldProcess, holdProcess } from './held-process.ts';
import { under } from './tree/folder.ts';

/**
 * The processes of a container: those in the process namespace of its first one. It may share that of the machine: its
 * own are then those in its control group.
 */
export async function processesOf(
  first: HeldProcess,
  container: string | undefined,
  withSockets: boolean,
): Promise<ProcessesSeen> {
  const namespace = await first.readlink('ns/pid');
  const isShared = namespace === (await readlink('/proc/self/ns/pid'));
  const numbers = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const within = numbers.filter(pid => namespaceOf(pid) === namespace);
  const group = isShared ? container : undefined;
  const limit = pLimit(atOnce);
  const all = await limit.map(within, pid => textsOf(pid, { namespace, group, withSockets }));
  return { processes: all.flatMap(texts => texts ?? []) };
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
