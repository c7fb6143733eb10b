import type { Duplex } from 'node:stream';
import { PassThrough, Readable } from 'node:stream';
import type Docker from 'dockerode';
import { tarOf } from '../../../kit/tar/write.ts';
import type { TreeEntry } from '../../../kit/tree.ts';
import type { Work } from '../../../ports/workshop.ts';
import type { DockerHost } from '../host/host.ts';
import { framesOf } from '../inside/frames.ts';
import { layGround } from './ground.ts';
import { removeContainer, thisProcess, workshopLabel } from './maker.ts';
import { script, shelf } from './script.ts';

/** A running container in which work can be done, and the outputs of what keeps it up. */
export interface Room extends AsyncDisposable {
  readonly container: Docker.Container;
  /** A word to it. */
  say(word: string): void;
  readonly stdout: Readable;
  readonly stderr: Readable;
}

/** Where it is connected to, and what it is told of that. */
export interface Connection {
  readonly network: string;
  readonly env: Readonly<Record<string, string>>;
}

export async function openRoom(
  host: DockerHost,
  work: Work,
  connection: Connection,
  signal: AbortSignal,
): Promise<Room> {
  const image = await layGround(host, work.layers, signal);
  const container = await host.docker.createContainer({ ...definition(image, connection), abortSignal: signal });
  try {
    await place(container, work.fresh, signal);
    const wire = await container.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true });
    await container.start({ abortSignal: signal });
    return { container, ...wired(wire as Duplex), [Symbol.asyncDispose]: () => clear(container, wire as Duplex) };
  } catch (error) {
    await removeContainer(container);
    throw error;
  }
}

const definition = (image: string, { network, env }: Connection): Docker.ContainerCreateOptions => ({
  Image: image,
  Cmd: ['sh', '-c', script],
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
    SecurityOpt: ['no-new-privileges'],
    LogConfig: { Type: 'none', Config: {} },
    Tmpfs: { '/tmp': 'rw,exec,nosuid,nodev,mode=1777', [shelf]: 'rw,noexec,nosuid,nodev,mode=0700' },
    AutoRemove: true,
    Init: false,
  },
});

const base = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C.UTF-8',
  TZ: 'UTC',
};

/** The engine takes files in the order in which they come: folders come before what is in them, and links last. */
async function place(container: Docker.Container, fresh: readonly TreeEntry[], signal: AbortSignal): Promise<void> {
  if (fresh.length === 0) return;
  const sorted = fresh.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const isLink = ({ type }: TreeEntry) => type === 'hardlink';
  const entries = [...sorted.filter(entry => !isLink(entry)), ...sorted.filter(isLink)];
  await container.putArchive(Readable.from(tarOf(entries)), { path: '/', abortSignal: signal });
}

function wired(wire: Duplex): Pick<Room, 'say' | 'stdout' | 'stderr'> {
  const outputs = { stdout: new PassThrough(), stderr: new PassThrough() };
  pour(wire, outputs).catch(error => Object.values(outputs).forEach(output => void output.destroy(error)));
  return { say: word => void wire.write(`${word}\n`), ...outputs };
}

async function pour(wire: Duplex, outputs: Readonly<Record<'stdout' | 'stderr', PassThrough>>): Promise<void> {
  for await (const { stream, bytes } of framesOf(wire))
    if (!outputs[stream].write(bytes)) await new Promise(resolve => outputs[stream].once('drain', resolve));
  for (const output of Object.values(outputs)) output.end();
}

async function clear(container: Docker.Container, wire: Duplex): Promise<void> {
  wire.destroy();
  await removeContainer(container);
}
