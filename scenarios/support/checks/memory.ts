import { readFileSync } from 'node:fs';
import type { Running } from '../run.ts';

/** The most memory that a command took at any time until it ended, in bytes, as the kernel counts it. */
export async function peakOf({ child, ended }: Running): Promise<number> {
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, residentAtMost(child.pid));
  }, 20);
  await ended.finally(() => clearInterval(timer));
  return most;
}

/** Field VmHWM of proc(5)'s status; nothing of one that has ended. */
function residentAtMost(pid: number | undefined): number {
  try {
    const [, kilobytes = '0'] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return 0;
  }
}
