import type { Architecture } from '../../../ports/distribution.ts';
import type { LockEntry } from './lock.ts';

const cpus = { amd64: 'x64', arm64: 'arm64' } as const satisfies Record<Architecture, string>;

/** Whether a package is for Debian on the architecture: `os`, `cpu` and `libc` of package.json. */
export const isForPlatform = ({ os, cpu, libc }: LockEntry, architecture: Architecture): boolean =>
  allows(os, 'linux') && allows(cpu, cpus[architecture]) && allows(libc, 'glibc');

/** One of those that are named, and none of those with a `!`. */
function allows(given: string | readonly string[] | undefined, value: string): boolean {
  if (given === undefined) return true;
  const list = typeof given === 'string' ? [given] : given;
  if (list.length === 1 && list[0] === 'any') return true;
  const refused = list.filter(one => one.startsWith('!'));
  if (refused.includes(`!${value}`)) return false;
  return list.includes(value) || refused.length === list.length;
}
