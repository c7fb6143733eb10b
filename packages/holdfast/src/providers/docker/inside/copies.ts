import type Docker from 'dockerode';
import { randomId } from '../../../kit/id.ts';
import type { Copies, Copy, Deeds, Otherwise } from '../../../ports/looking/copies.ts';
import type { Seen } from '../../../ports/provider.ts';
import { attempt, unless } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';
import { workshopLabel } from '../labels.ts';
import { errand } from '../workshop/errand.ts';
import { removeContainer, thisProcess } from '../workshop/maker.ts';

/** Copies of containers, on the engine that they are on. */
export const dockerCopies = ({ docker }: DockerHost): Copies => ({
  copy: (of, otherwise, deeds, signal) =>
    attempt(`the engine refuses a copy of ${of.name}`, async () => {
      signal.throwIfAborted();
      await using undo = new AsyncDisposableStack();
      const network = otherwise.alone ? 'none' : await ownNetwork(docker, undo);
      const found = await docker.getContainer(of.id).inspect();
      const container = await docker.createContainer(definition(found, otherwise, deeds, network));
      undo.defer(async () => void (await removeContainer(container)));
      await container.start();
      return copyOf(of, container, undo.move());
    }),
});

const copyOf = (of: Seen, container: Docker.Container, undo: AsyncDisposableStack): Copy => ({
  seen: { ...of, id: container.id, name: `a copy of ${of.name}` },
  async run(line, signal) {
    signal.throwIfAborted();
    const { code } = await errand(container, { command: ['sh', '-c', line] }, async frames => {
      for await (const _ of frames);
    });
    return code === 0;
  },
  [Symbol.asyncDispose]: () => undo.disposeAsync(),
});

async function ownNetwork(docker: Docker, undo: AsyncDisposableStack): Promise<string> {
  const network = await docker.createNetwork({
    Name: `holdfast-copy-${randomId()}`,
    Internal: true,
    Labels: { [workshopLabel]: thisProcess() },
  });
  undo.defer(async () => void (await unless([403, 404], () => network.remove())));
  return network.id;
}

type Found = Docker.ContainerInspectInfo;

function definition(found: Found, otherwise: Otherwise, deeds: Deeds, network: string): Docker.ContainerCreateOptions {
  const { Config, Image } = found;
  const { command, user } = otherwise;
  return {
    Image,
    Env: environmentOf(Config.Env, otherwise.env ?? {}),
    // What runs as somebody else has no capability that a command of root's could have.
    User: user ?? (deeds.line === undefined ? Config.User : '0:0'),
    WorkingDir: Config.WorkingDir,
    Hostname: Config.Hostname,
    Labels: { [workshopLabel]: thisProcess() },
    ...(command ? { Entrypoint: [''], Cmd: [...command] } : { Entrypoint: Config.Entrypoint, Cmd: Config.Cmd }),
    HostConfig: hostConfig(found, otherwise, deeds, network),
  } as Docker.ContainerCreateOptions;
}

function environmentOf(env: readonly string[], more: NonNullable<Otherwise['env']>): string[] {
  const nameIn = (entry: string): string => entry.slice(0, entry.indexOf('='));
  return [
    ...env.filter(entry => !(nameIn(entry) in more)),
    ...Object.entries(more).flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`])),
  ];
}

/** Who runs a line may do anything inside; all else is as it was. */
function hostConfig(
  { HostConfig, Mounts }: Found,
  { bare, readOnly, capabilities, limits = {}, restart }: Otherwise,
  { line, may }: Deeds,
  network: string,
): Docker.HostConfig {
  const { Memory, NanoCpus, PidsLimit, Tmpfs, Init, SecurityOpt, CapAdd, CapDrop, ReadonlyRootfs, Sysctls } =
    HostConfig;
  const given = capabilities ? { CapDrop: ['ALL'], CapAdd: [...capabilities] } : { CapDrop, CapAdd };
  const free =
    line === undefined ? { ...given, ReadonlyRootfs: readOnly ?? ReadonlyRootfs } : { ReadonlyRootfs: false };
  return {
    NetworkMode: network,
    Tmpfs,
    Init,
    SecurityOpt,
    Sysctls,
    ...free,
    ...(may && { CapAdd: [...(line === undefined ? (CapAdd ?? []) : []), may] }),
    Memory: limitOf(limits.memory, Memory),
    NanoCpus: limitOf(limits.cpu === undefined || limits.cpu === null ? limits.cpu : limits.cpu * 1e6, NanoCpus),
    PidsLimit: limitOf(limits.processes, PidsLimit ?? undefined),
    ...(restart && { RestartPolicy: { Name: restart } }),
    Mounts: bare ? [] : Mounts.flatMap(mountOf),
  } as Docker.HostConfig;
}

const limitOf = (wanted: number | null | undefined, now: number | undefined): number | undefined =>
  wanted === undefined ? now : (wanted ?? 0);

/** What can't be written to is shared; what can be is data, and a copy has none. */
function mountOf({ Type, Name, Source, Destination, RW }: Found['Mounts'][number]): readonly object[] {
  if (Type !== 'volume' && Type !== 'bind') return [];
  if (RW) return [{ Type: 'volume', Target: Destination }];
  return [{ Type, Source: Type === 'volume' ? Name : Source, Target: Destination, ReadOnly: true }];
}
