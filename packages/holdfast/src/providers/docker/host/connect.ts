import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import { exitCode, Problem } from '../../../kit/problem.ts';
import { addressesOf, type EngineAddress, type Surroundings } from './addresses.ts';
import { reasonOf } from './calls.ts';
import type { DockerHost, Enforces, Reach } from './host.ts';
import { turnstile } from './turnstile.ts';

export interface ConnectOptions extends Partial<Surroundings> {
  /** What the environment calls the engine; `local` when left out. */
  readonly engine?: string;
  /** Path of a socket, `unix://…` or `tcp://…`. Left out: DOCKER_HOST, the current Docker context, the usual sockets. */
  readonly socket?: string;
  /** Left out: `direct` on Linux with an engine on the same machine, else `published`. */
  readonly reach?: Reach;
  readonly platform?: NodeJS.Platform;
  /** How long an engine may take to answer, in milliseconds; 5 s when left out. */
  readonly patience?: number;
}

/** For how long one that leaves holds up others, in milliseconds. Most are gone by then; some finish their work first. */
const leaveTaking = 500;

/** The minor number of API 1.41, which Engine 20.10 speaks. */
const oldestApi = 41;

/** Finds a Docker Engine that answers. Throws a Problem with exit code 3 when there is none. */
export async function connectDocker(options: ConnectOptions = {}): Promise<DockerHost> {
  const around = { env: options.env ?? process.env, home: options.home ?? homedir() };
  const addresses = await addressesOf(options.socket, around);
  const refusals: string[] = [];
  for (const address of addresses) {
    if (isElsewhere(address) && options.reach !== 'direct') throw outOfReach(address);
    const docker = await clientOf(address, around);
    const answer = await ask(docker, options.patience ?? 5_000).catch(
      error => void refusals.push(`${address.url}: ${reasonOf(error)}`),
    );
    if (answer) return hostOf(docker, address, answer, options);
  }
  throw noEngine(addresses, refusals);
}

interface Answer {
  /** The minor number: 41 of `1.41`. */
  readonly api: number;
  readonly version: string;
  readonly architecture: string;
  readonly info: Info;
}

/** The part of `GET /info` that matters here. */
interface Info {
  readonly OperatingSystem: string;
  readonly SecurityOptions?: readonly string[] | null;
  readonly DriverStatus?: readonly (readonly [string, string])[] | null;
  readonly MemoryLimit: boolean;
  readonly SwapLimit: boolean;
  readonly CpuCfsQuota: boolean;
  readonly PidsLimit: boolean;
}

async function ask(docker: Docker, patience: number): Promise<Answer> {
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${patience} ms`)), patience);
    timer.unref();
  });
  const [version, info] = await Promise.race([Promise.all([docker.version(), docker.info() as Promise<Info>]), late]);
  return { api: Number(version.ApiVersion.split('.')[1]), version: version.Version, architecture: version.Arch, info };
}

function hostOf(docker: Docker, address: EngineAddress, answer: Answer, options: ConnectOptions): DockerHost {
  if (answer.api < oldestApi) throw tooOld(address, answer);
  const { engine = 'local', platform = process.platform } = options;
  const reach = options.reach ?? (hasDiallableContainers(address, answer.info, platform) ? 'direct' : 'published');
  return {
    engine,
    docker,
    reach,
    socket: socketOf(address, answer.info),
    enforces: enforcedBy(answer.info),
    architecture: answer.architecture,
    sharesLayers: !isContainerdStore(answer.info),
    attachments: turnstile(leaveTaking),
  };
}

const isContainerdStore = ({ DriverStatus }: Info): boolean =>
  (DriverStatus ?? []).some(([, value]) => value.startsWith('io.containerd.snapshotter'));

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

const isElsewhere = ({ url }: EngineAddress): boolean => {
  const { protocol, hostname } = new URL(url.replace(/^tcp:/, 'http:'));
  return /^https?:$/.test(protocol) && !loopback.test(hostname);
};

/** Container addresses lead nowhere from outside the machine, the virtual machine or the namespace that the engine is in. */
const hasDiallableContainers = ({ url }: EngineAddress, info: Info, platform: NodeJS.Platform): boolean =>
  platform === 'linux' &&
  url.startsWith('unix://') &&
  info.OperatingSystem !== 'Docker Desktop' &&
  !(info.SecurityOptions ?? []).some(option => option.includes('rootless'));

/** In a virtual machine, and behind TCP, it is where Docker has it by custom. */
function socketOf({ url }: EngineAddress, { OperatingSystem }: Info): string {
  const isHere = url.startsWith('unix://') && OperatingSystem !== 'Docker Desktop';
  return isHere ? decodeURIComponent(new URL(url).pathname) : '/var/run/docker.sock';
}

const enforcedBy = ({ MemoryLimit, SwapLimit, CpuCfsQuota, PidsLimit }: Info): Enforces => ({
  memory: MemoryLimit,
  swap: SwapLimit,
  cpu: CpuCfsQuota,
  processes: PidsLimit,
});

/**
 * No API version is named: an engine then speaks its newest, and newer ones refuse the old ones. Whatever dockerode would
 * take from the environment by itself is overruled.
 */
async function clientOf({ url, from }: EngineAddress, { env }: Surroundings): Promise<Docker> {
  const { protocol, hostname, port, pathname } = new URL(url);
  if (protocol === 'unix:') return new Docker({ host: undefined, socketPath: decodeURIComponent(pathname) });
  if (!['tcp:', 'http:', 'https:'].includes(protocol)) throw strangeProtocol(url, from);
  const isSecure = protocol === 'https:' || env.DOCKER_TLS_VERIFY === '1';
  return new Docker({
    host: hostname,
    port: port || (isSecure ? 2376 : 2375),
    protocol: isSecure ? 'https' : 'http',
    ...(isSecure && env.DOCKER_CERT_PATH ? await certificatesIn(env.DOCKER_CERT_PATH) : {}),
  });
}

async function certificatesIn(folder: string): Promise<Pick<Docker.DockerOptions, 'ca' | 'cert' | 'key'>> {
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map(file => readFile(join(folder, file))),
  );
  return { ca, cert, key };
}

const strangeProtocol = (url: string, from: string): Problem =>
  new Problem({
    what: `an engine at ${url} can't be spoken to`,
    where: from,
    why: 'unix:// and tcp:// are understood',
    exit: exitCode.unreachable,
  });

/** Ports are published on 127.0.0.1, and that is another one there. */
const outOfReach = ({ url, from }: EngineAddress): Problem =>
  new Problem({
    what: `the engine at ${url} is on another machine, and what runs there can't be probed from here`,
    where: from,
    why: 'ports are published on the loopback address of the machine that the engine is on',
    fix: "run Holdfast on that machine; or give the engine reach: 'direct', where a route leads from here to its containers",
    exit: exitCode.wrongUse,
  });

const tooOld = ({ url }: EngineAddress, { version }: Answer): Problem =>
  new Problem({
    what: `the Docker Engine at ${url} is too old: ${version}`,
    why: 'Holdfast needs Docker Engine 20.10 or newer',
    fix: 'upgrade it, for instance with your distribution: apt-get install docker.io',
    exit: exitCode.unreachable,
  });

function noEngine(addresses: readonly EngineAddress[], refusals: readonly string[]): Problem {
  const isForbidden = refusals.some(refusal => refusal.includes('EACCES'));
  return new Problem({
    what: 'no Docker Engine answers',
    ...(addresses[0] && { where: addresses[0].from }),
    why: refusals.join('; '),
    fix: isForbidden
      ? 'you may not use its socket: add yourself to the group docker (sudo usermod -aG docker $USER) and log in again'
      : 'start Docker, or point DOCKER_HOST to an engine',
    exit: exitCode.unreachable,
    retry: true,
  });
}
