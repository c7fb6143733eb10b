import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import type { LeaseOwner } from './fact.ts';

/** This process, as the owner of a lease. `doing` is for people: `holdfast up`. */
export const currentOwner = (doing: string): LeaseOwner => ({
  user: userName(),
  host: hostname(),
  boot: bootId(),
  pid: process.pid,
  started: processState(process.pid)?.started ?? '',
  doing,
});

/** Who acts, for people: `ada@laptop`. */
export const currentActor = (): string => `${userName()}@${hostname()}`;

/** Whether the owner is a process of this run of this machine that is over. Where that can't be told: false. */
export function isDead(owner: LeaseOwner): boolean {
  if (owner.boot === '' || owner.host !== hostname() || owner.boot !== bootId()) return false;
  if (!exists(owner.pid)) return true;
  const now = processState(owner.pid);
  return now !== undefined && (now.over || (owner.started !== '' && now.started !== owner.started));
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER ?? `uid ${process.getuid?.()}`; // A container's user may stand in no passwd file.
  }
}

/** Containers of one machine share its boot but not its pids, and may share its host name: the pid space tells them apart. */
function bootId(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return answerOf('sysctl', ['-n', 'kern.bootsessionuuid']);
  }
}

interface ProcessState {
  readonly started: string;
  /** Ended, while its parent has not asked for its exit code yet. */
  readonly over: boolean;
}

function processState(pid: number): ProcessState | undefined {
  try {
    return fromStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    const [state, ...started] = answerOf('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]).split(/\s+/);
    return state ? { started: started.join(' '), over: state.startsWith('Z') } : undefined;
  }
}

/** Fields 3 and 22 of proc(5). Field 2 is a file's name in parentheses, which may hold anything. */
function fromStat(text: string): ProcessState {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { started: fields[19] ?? '', over: /[ZXx]/.test(fields[0] ?? '') };
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function answerOf(command: string, options: readonly string[]): string {
  try {
    return execFileSync(command, options, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}
