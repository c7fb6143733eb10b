import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import { unless } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';
import { workshopLabel } from '../labels.ts';
import { keeper, shelf } from './keeper.ts';
import { removeContainer, thisProcess } from './maker.ts';

/** A running container that does nothing by itself, and goes in the end. */
export interface Room extends AsyncDisposable {
  readonly container: Docker.Container;
}

/** Where it is connected to, and what it is told of that. */
export interface Connection {
  readonly network: string;
  readonly env: Readonly<Record<string, string>>;
}

export async function openRoom(
  { docker }: DockerHost,
  image: string,
  connection: Connection,
  passing: readonly string[] = [],
): Promise<Room> {
  const container = await docker.createContainer(definition(image, connection, passing));
  try {
    const wire = (await container.attach({ stream: true, stdin: true, stdout: true, hijack: true })) as Duplex;
    wire.on('error', () => {});
    await container.start();
    return { container, [Symbol.asyncDispose]: () => close(container, wire) };
  } catch (error) {
    await removeContainer(container);
    throw error;
  }
}

/** Of a package's scripts, or of a compiler on many cores; a step that forks without end stops here. */
const mostProcesses = 8192;

const definition = (
  image: string,
  { network, env }: Connection,
  passing: readonly string[],
): Docker.ContainerCreateOptions => ({
  Image: image,
  Cmd: [keeper],
  Env: Object.entries({ ...base, ...env }).map(([key, value]) => `${key}=${value}`),
  User: '0:0',
  WorkingDir: '/',
  Hostname: 'localhost',
  Labels: { [workshopLabel]: thisProcess() },
  OpenStdin: true,
  StdinOnce: true,
  AttachStdin: true,
  HostConfig: {
    NetworkMode: network,
    // The engine itself would ask the world for names, also for a container that can't.
    ...(network !== 'none' && { Dns: ['192.0.2.1'], DnsSearch: ['.'], CapDrop: ['NET_RAW'] }),
    SecurityOpt: ['no-new-privileges'],
    PidsLimit: mostProcesses,
    LogConfig: { Type: 'none', Config: {} },
    Tmpfs: {
      '/tmp': 'rw,exec,nosuid,nodev,mode=1777',
      [shelf]: 'rw,noexec,nosuid,nodev,mode=0700',
      ...Object.fromEntries(passing.map(path => [path, 'rw,noexec,nosuid,nodev,mode=0755'])),
    },
    AutoRemove: true,
    Init: false,
  },
});

const base = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
};

/**
 * The engine takes it away by itself once nothing runs in it: nobody waits for that. What keeps it up ends with the wire;
 * where something else still runs, it is killed.
 */
async function close(container: Docker.Container, wire: Duplex): Promise<void> {
  wire.destroy();
  void unless([404, 409], () => container.kill()).catch(() => {});
}
