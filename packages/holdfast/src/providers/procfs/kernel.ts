import { readFile, readlink } from 'node:fs/promises';
import { kernelFile, type TextSeen } from '../../ports/looking/snapshot.ts';
import type { HeldProcess } from './held-process.ts';

/**
 * Parameters that the kernel keeps for each namespace, and shows whoever reads them those of the reader's own, whatever
 * the path is by which they are read.
 */
const kept = [
  { of: 'net', names: /^net\./ },
  { of: 'uts', names: /^kernel\.(hostname|domainname)$/ },
  { of: 'ipc', names: /^(kernel\.(sem|sem_next_id|auto_msgmni|(msg|shm)\w*)|fs\.mqueue\..*)$/ },
  { of: 'pid', names: /^kernel\.(pid_max|ns_last_pid|cap_last_cap)$/ },
  { of: 'user', names: /^user\./ },
] as const;

/** What a kernel parameter is for a container. */
export async function kernelParameter(first: HeldProcess, name: string): Promise<TextSeen> {
  const namespaces = kept.filter(({ names }) => names.test(name)).map(({ of }) => of);
  for (const of of namespaces)
    if ((await first.readlink(`ns/${of}`)) !== (await readlink(`/proc/self/ns/${of}`)))
      return { elsewhere: `${name} is told only to who is inside` };
  const text = await readFile(kernelFile(name), 'utf8').catch(() => undefined);
  return text === undefined ? { missing: 'the kernel has none of this name' } : { text: text.trim() };
}
