import { posix } from 'node:path';
import type Docker from 'dockerode';
import { hasGuarded } from '../../../model/guarded-files.ts';
import type { Scope } from '../../../model/identity.ts';
import type { InstanceDesire } from '../../../ports/desires.ts';
import type { Desired } from '../../../ports/provider.ts';
import type { Reveal } from '../../../ports/secrets.ts';
import type { Reach } from '../host/host.ts';
import { restartAtBirth, wantedRestart } from './differences.ts';
import { foldersForFiles } from './files.ts';
import { guardedMount } from './guarded.ts';
import { inSeconds } from './parts.ts';
import { reachedMounts, type Socket } from './reached.ts';

export interface Circumstances {
  readonly labels: Record<string, string>;
  readonly scope: Scope;
  readonly reach: Reach;
  readonly reveal: Reveal;
  /** The entrypoint and command that the image brings along. */
  readonly imageCommand: readonly string[];
  readonly socket: Socket;
}

/** What the engine is asked to create. It holds secrets: never to be printed. */
export function createBody(desired: Desired<InstanceDesire>, around: Circumstances): Docker.ContainerCreateOptions {
  const { spec } = desired;
  const { entrypoint, command, workdir, user } = spec;
  return {
    name: desired.name,
    Image: spec.image,
    Hostname: spec.hostname,
    Labels: around.labels,
    Env: Object.entries(spec.env).map(([key, { value }]) => `${key}=${around.reveal(value)}`),
    ...(entrypoint && { Entrypoint: [...entrypoint] }),
    ...(command && { Cmd: [...command] }),
    ...(workdir && { WorkingDir: workdir }),
    ...(user && { User: user }),
    StopTimeout: inSeconds(spec.stopGrace),
    ExposedPorts: Object.fromEntries(exposed(spec).map(port => [`${port}/tcp`, {}])),
    HostConfig: hostConfig(desired, around),
    ...firstNetwork(spec),
  };
}

const exposed = ({ ports, publish }: InstanceDesire): readonly number[] => [
  ...new Set([...ports, ...publish.map(({ port }) => port)]),
];

const hostConfig = (
  { uid, spec }: Desired<InstanceDesire>,
  { reach, imageCommand, scope, reveal, socket }: Circumstances,
): Docker.HostConfig => ({
  NetworkMode: spec.networks[0]?.name ?? 'none',
  PortBindings: bindings(spec, reach),
  Mounts: [...mounts(spec, guardedMount(uid, scope)), ...reachedMounts(spec, socket)],
  ...(spec.reaches?.engine && socket.group !== undefined && { GroupAdd: [String(socket.group)] }),
  ReadonlyRootfs: spec.readOnly,
  CapDrop: ['ALL'],
  CapAdd: [...spec.capabilities],
  SecurityOpt: ['no-new-privileges'],
  Init: !bringsItsOwnInit(spec, imageCommand),
  ExtraHosts: Object.entries(spec.hosts ?? {}).map(([name, { value }]) => `${name}:${reveal(value)}`),
  LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } },
  ...limitsBody(spec),
  RestartPolicy: restartPolicy(restartAtBirth(spec)),
});

/** What can be set at birth and changed afterwards. */
export const limitsBody = (spec: InstanceDesire) => ({
  ...(spec.limits.memory !== undefined && { Memory: spec.limits.memory, MemorySwap: spec.limits.memory }),
  ...(spec.limits.cpu !== undefined && { NanoCpus: spec.limits.cpu * 1e6 }),
  PidsLimit: spec.limits.processes,
  RestartPolicy: restartPolicy(wantedRestart(spec)),
});

const restartPolicy = (name: InstanceDesire['restart']) => ({ Name: name, MaximumRetryCount: 0 });

/** Where container addresses can't be dialled, each port gets one of 127.0.0.1 that the engine chooses. */
function bindings({ ports, publish }: InstanceDesire, reach: Reach): Docker.PortMap {
  const toReach = reach === 'published' ? ports.map(port => ({ port, hostAddress: '127.0.0.1', hostPort: '' })) : [];
  const byPort = Map.groupBy([...publish, ...toReach], ({ port }) => `${port}/tcp`);
  return Object.fromEntries(
    [...byPort].map(([port, all]) => [
      port,
      all.map(({ hostAddress, hostPort }) => ({ HostIp: hostAddress, HostPort: String(hostPort) })),
    ]),
  );
}

const mounts = (spec: InstanceDesire, guarded: ReturnType<typeof guardedMount>): Docker.MountConfig =>
  [
    ...Object.entries(spec.mounts).map(([path, volume]) => mountOf(path, volume)),
    ...Object.entries(spec.reads ?? {}).map(([path, volume]) => mountOf(path, volume, true)),
    ...foldersForFiles(spec).map(path => ({ Type: 'volume', Target: path })),
    ...(hasGuarded(spec) ? [guarded] : []),
  ] as Docker.MountConfig;

const mountOf = (path: string, volume: string, isReadOnly = false) => ({
  Type: 'volume',
  Source: volume,
  Target: path,
  ...(isReadOnly && { ReadOnly: true }),
});

const inits = new Set(['init', 'tini', 'dumb-init', 'docker-init', 'catatonit', 'systemd', 's6-svscan']);

/**
 * A process that was not written to be the first of its container ignores the request to stop and leaves dead children
 * behind: the engine's small init sees to both. One that is an init itself insists on being the first.
 */
const bringsItsOwnInit = ({ entrypoint, command }: InstanceDesire, imageCommand: readonly string[]): boolean =>
  inits.has(posix.basename(entrypoint?.[0] ?? imageCommand[0] ?? command?.[0] ?? ''));

/** Engines before API 1.44 take one network at birth; the others are connected before the first start. */
function firstNetwork(spec: InstanceDesire): Pick<Docker.ContainerCreateOptions, 'NetworkingConfig'> {
  const first = spec.networks[0];
  return first ? { NetworkingConfig: { EndpointsConfig: { [first.name]: endpoint(spec, first.name) } } } : {};
}

/** How the instance is on one of its networks. From API 1.48 on, the priority gives the first one the default route. */
export function endpoint({ networks }: InstanceDesire, name: string): Docker.EndpointSettings & { GwPriority: number } {
  const index = networks.findIndex(network => network.name === name);
  const { aliases = [], address } = networks[index] ?? {};
  return {
    Aliases: [...aliases],
    GwPriority: index === 0 ? 1 : 0,
    ...(address && { IPAMConfig: { IPv4Address: address } }),
  };
}
