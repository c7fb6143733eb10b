import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { unless } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';
import { workshopLabel } from '../labels.ts';

/** This process, so that others can tell whether it is over. */
export const thisProcess = (): string => JSON.stringify(makerOf(process.pid));

interface Maker {
  readonly host: string;
  /** Of the machine and of the space of process ids; empty where it can't be told. */
  readonly boot: string;
  readonly pid: number;
  readonly started: string;
}

const makerOf = (pid: number): Maker => ({ host: hostname(), boot: bootId(), pid, started: startOf(pid) });

const bootId = (): string =>
  `${readIfThere('/proc/sys/kernel/random/boot_id').trim()}${orEmpty(() => readlinkSync('/proc/self/ns/pid'))}`;

/** Field 22 of proc(5), counted from behind the file's name, which may hold anything. */
function startOf(pid: number): string {
  const text = readIfThere(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

const readIfThere = (path: string): string => orEmpty(() => readFileSync(path, 'utf8'));

function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

/** Whether the process was one of this machine and is over. One of another machine, or that nobody can tell: no. */
function isOver(told: string): boolean {
  const { host, boot, pid, started } = makerIn(told);
  const now = makerOf(pid);
  if (host !== now.host) return false;
  if (boot !== now.boot) return boot.slice(0, 36) !== now.boot.slice(0, 36);
  return started === now.started ? !isThere(pid) : true;
}

/** Whoever else puts the label on something may write anything there. */
function makerIn(told: string): Partial<Maker> & Pick<Maker, 'boot' | 'pid'> {
  try {
    return { boot: '', pid: 0, ...JSON.parse(told) };
  } catch {
    return { boot: '', pid: 0 };
  }
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Takes away the containers and networks of processes that are over. */
export async function sweep({ docker }: DockerHost): Promise<void> {
  const filters = { label: [workshopLabel] };
  // What a person starts from an image of the workshop has its label too, with nothing in it.
  const isLeft = ({ Labels }: { Labels?: Record<string, string> | undefined }) =>
    isOver(Labels?.[workshopLabel] || '{}');
  const containers = (await docker.listContainers({ all: true, filters })).filter(isLeft);
  await Promise.all(containers.map(({ Id }) => removeContainer(docker.getContainer(Id))));
  const networks = (await docker.listNetworks({ filters })).filter(isLeft);
  await Promise.all(networks.map(({ Id }) => unless([403, 404], () => docker.getNetwork(Id).remove())));
}

/** Gone already, or just going, is as well. */
export const removeContainer = (container: { remove(options: object): Promise<unknown> }): Promise<unknown> =>
  unless([404, 409], () => container.remove({ force: true, v: true }));
