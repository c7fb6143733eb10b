import { readdirSync, readFileSync } from 'node:fs';
import type { Running } from './run.ts';

/** What the processes of this machine showed to everyone who looked, while a command ran. */
export interface Spied {
  /** The command lines of all processes. */
  readonly commandLines: ReadonlySet<string>;
  /** The environments of the command's own children. Its own is left out: the user gave it that. */
  readonly environments: ReadonlySet<string>;
  readonly looks: number;
}

/** Looks at every process, every few milliseconds, until the command has ended. */
export async function spyOn({ child, ended }: Running): Promise<Spied> {
  const commandLines = new Set<string>();
  const environments = new Set<string>();
  let looks = 0;
  const look = (): void => {
    looks += 1;
    const own = read(`${child.pid}`, 'cmdline');
    for (const pid of readdirSync('/proc').filter(isPid)) {
      const commandLine = read(pid, 'cmdline');
      commandLines.add(commandLine);
      // For a moment, until it becomes its own program, a child is a copy of the command with all that it was given.
      if (commandLine !== own && groupOf(pid) === child.pid) environments.add(read(pid, 'environ'));
    }
  };
  const timer = setInterval(look, 5);
  await ended.finally(() => clearInterval(timer));
  return { commandLines, environments, looks };
}

const isPid = (name: string): boolean => /^\d+$/.test(name);

/** Field 5 of proc(5)'s stat; field 2 is a name in parentheses, which may hold anything. */
function groupOf(pid: string): number {
  const stat = read(pid, 'stat');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
}

/** Empty for a process that has gone in the meantime. */
function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
