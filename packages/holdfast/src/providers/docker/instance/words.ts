import type Docker from 'dockerode';
import { reached } from '../../../model/reached.ts';
import { clusterLabel } from '../labels.ts';
import type { Born } from './labels.ts';
import { hostAspect, hostPortAspect, spell, spellCapabilities, spellPorts, spellSeconds } from './parts.ts';
import type { Inspected } from './reading.ts';

interface Binding {
  readonly aspect: string;
  readonly port: string;
  readonly hostPort: number;
}

/** The host ports that were asked for by number. */
export function bindingsOf({ HostConfig }: Inspected): readonly Binding[] {
  const bound = Object.entries((HostConfig.PortBindings ?? {}) as Docker.PortMap);
  return bound.flatMap(([port, bindings]) =>
    bindings
      .filter(({ HostPort }) => Number(HostPort) > 0)
      .map(({ HostIp = '', HostPort = '' }) => ({
        aspect: hostPortAspect(HostIp, HostPort),
        port: port.replace('/tcp', ''),
        hostPort: Number(HostPort),
      })),
  );
}

/** The engine's own word on each aspect, by the names that parts have. */
export function* wordsOf(found: Inspected, born: Born): Generator<[string, string]> {
  const { Config, HostConfig } = found;
  yield ['image', Config.Image];
  yield ['entrypoint', spell([Config.Entrypoint ?? []].flat())];
  yield ['command', spell(Config.Cmd ?? [])];
  yield ['working directory', Config.WorkingDir];
  yield ['user', Config.User];
  yield ['hostname', Config.Hostname];
  for (const [key, value] of variablesOf(Config.Env ?? [])) if (!born.sealedEnv.has(key)) yield [`env ${key}`, value];
  for (const { Destination, Type, Name, Source, RW } of found.Mounts)
    yield [`mount ${Destination}`, `${Type} ${Name ?? Source}${RW ? '' : ', read-only'}`];
  yield ['ports', spellPorts(Object.keys(Config.ExposedPorts ?? {}).map(Number.parseFloat))];
  for (const { aspect, port } of bindingsOf(found)) yield [aspect, `port ${port}`];
  yield ['root file system', HostConfig.ReadonlyRootfs ? 'read-only' : 'writable'];
  yield ['capabilities', spellCapabilities(HostConfig.CapAdd ?? [])];
  for (const [name, address] of hostsIn(HostConfig.ExtraHosts ?? [])) yield [hostAspect(name), address];
  for (const { Destination, Source } of found.Mounts) yield* reachedBy(Destination, Source);
  yield ['before it stops', spell(born.stopBefore ?? [])];
  yield ['cluster', Config.Labels[clusterLabel] ?? ''];
  yield ['stop grace', spellSeconds((Config as { StopTimeout?: number }).StopTimeout ?? 10)];
}

function* reachedBy(path: string, source: string): Generator<[string, string]> {
  if (path === reached.engine) yield ['reach engine', `the socket ${source}`];
  if (path === reached.journal) yield ['reach journal', `the folder ${source}`];
}

const hostsIn = (lines: readonly string[]): readonly (readonly [string, string])[] =>
  lines.map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]);

const variablesOf = (env: readonly string[]): readonly (readonly [string, string])[] =>
  env.map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
