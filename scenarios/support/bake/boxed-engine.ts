import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Docker from 'dockerode';
import type { Telling } from '../../harness.ts';
import { killAll, type Running, start } from '../run.ts';

/**
 * A second Docker Engine of this machine's own programs: its store is empty, and its network leads nowhere. Whatever it,
 * what runs in it, or a command run beside it sends to the world goes into an interface that swallows all and counts.
 */
export interface BoxedEngine {
  readonly docker: Docker;
  readonly env: { readonly DOCKER_HOST: string };
  /** Put before a command, it runs in the engine's network. */
  readonly inside: readonly string[];
  /** Packets that were sent to the world so far. */
  sentToTheWorld(): number;
  /** Kills the engine and all that runs in it at once, as a power cut does, and starts it again on what is on disk. */
  cutPower(): Promise<void>;
}

/** Its first process ends with unshare, and with it all others, the mounts and the network. */
const boot = `
ip link set lo up
ip link add world type veth peer name void
for one in world void; do [ ! -d /proc/sys/net/ipv6 ] || echo 1 >/proc/sys/net/ipv6/conf/$one/disable_ipv6; done
ip addr add 198.51.100.2/24 dev world
ip link set world up
ip link set void up
ip route add default via 198.51.100.1 dev world
ip neigh add 198.51.100.1 lladdr 02:00:00:00:00:01 dev world
mkdir -p "$1/run" "$1/data"
mount -t proc proc /proc
mount --bind "$1/data" /var/lib/docker
mount --bind "$1/run" /mnt
mount -t tmpfs tmpfs /run
exec dockerd --host unix:///mnt/docker.sock --cgroup-parent "/$(basename "$1")" --storage-driver overlay2`;

/** What it keeps is in the folder, on a file system that is none of a container's. */
export async function boxedEngine(
  { after }: Pick<Telling, 'after'>,
  folder: string = '/var/tmp',
): Promise<BoxedEngine> {
  const box = await mkdtemp(join(folder, 'holdfast-boxed.'));
  after(() => rm(box, { recursive: true, force: true }));
  const socketPath = join(box, 'run/docker.sock');
  const docker = new Docker({ socketPath });
  let booted = await powerOn(box, docker);
  after(() => powerOff(booted.running));
  const sentToTheWorld = (): number => {
    const [program = '', ...args] = [...booted.inside, 'cat', '/proc/net/dev'];
    const line = execFileSync(program, args, { encoding: 'utf8' }).match(/^ *world:(.*)$/m);
    assert.ok(line?.[1], 'the interface that counts is there');
    return Number(line[1].trim().split(/ +/)[9]);
  };
  return {
    docker,
    env: { DOCKER_HOST: `unix://${socketPath}` },
    get inside() {
      return booted.inside;
    },
    sentToTheWorld,
    async cutPower() {
      await powerOff(booted.running);
      booted = await powerOn(box, docker);
    },
  };
}

interface Booted {
  readonly running: Running;
  readonly inside: readonly string[];
}

async function powerOn(box: string, docker: Docker): Promise<Booted> {
  const namespaces = ['--mount', '--net', '--pid', '--fork', '--kill-child', '--propagation', 'private'];
  const running = start(['unshare', ...namespaces, 'sh', '-euc', boot, 'sh', box], { cwd: '/' });
  try {
    await answers(docker, running);
    return { running, inside: ['nsenter', '--target', String(await innerPid(running)), '--net'] };
  } catch (error) {
    await powerOff(running);
    throw error;
  }
}

async function powerOff(running: Running): Promise<void> {
  killAll(running);
  await running.ended;
}

async function answers(docker: Docker, running: Running): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    assert.equal(running.child.exitCode, null, `the engine ended: ${running.said()}`);
    if (await docker.ping().catch(() => undefined)) return;
    await pause(200);
  }
  throw new Error(`the engine does not answer: ${running.said()}`);
}

/** Of what unshare forked: it is that which has the new network. */
async function innerPid({ child }: Running): Promise<number> {
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(child.pid)], { encoding: 'utf8' });
  return Number(children.trim().split('\n')[0]);
}
