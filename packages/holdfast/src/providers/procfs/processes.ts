import { readdir, readlink } from 'node:fs/promises';
import type { ProcessesSeen, ProcessTexts } from '../../ports/snapshot.ts';
import { type HeldProcess, holdProcess } from './held-process.ts';

/** The processes of a container: those in the process namespace of its first one. */
export async function processesOf(first: HeldProcess, container: string): Promise<ProcessesSeen> {
  const namespace = await first.readlink('ns/pid');
  const isShared = namespace === (await readlink('/proc/self/ns/pid'));
  const numbers = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const within = await Promise.all(numbers.map(async pid => ((await namespaceOf(pid)) === namespace ? [pid] : [])));
  const all = await Promise.all(within.flat().map(pid => textsOf(pid, namespace, isShared ? container : '')));
  return { processes: all.flatMap(texts => texts ?? []) };
}

const namespaceOf = (pid: string): Promise<string | undefined> =>
  readlink(`/proc/${pid}/ns/pid`).catch(() => undefined);

/**
 * Undefined for one that has ended by now, or whose number another has got. A container may share the namespace of the
 * machine: its processes are then those in its control group.
 */
async function textsOf(pid: string, namespace: string, group: string): Promise<ProcessTexts | undefined> {
  try {
    await using held = await holdProcess(pid);
    if ((await held.readlink('ns/pid')) !== namespace) return undefined;
    if (group !== '' && !(await held.read('cgroup')).includes(group)) return undefined;
    const [status, cmdline] = await Promise.all([held.read('status'), held.read('cmdline')]);
    return { status, cmdline };
  } catch {
    return undefined;
  }
}
