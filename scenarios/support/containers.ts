import assert from 'node:assert/strict';
import type Docker from 'dockerode';
import { docker } from './project.ts';

/** A container of ours, as the engine has it and not as Holdfast tells. */
export interface Container {
  readonly id: string;
  readonly name: string;
  /** `web.1` */
  readonly slot: string;
  readonly running: boolean;
}

/** The containers of a system, of one environment and one service where these are named; sorted by slot. */
export async function containersOf(
  system: string,
  { environment, service }: { environment?: string; service?: string } = {},
): Promise<readonly Container[]> {
  const label = [`holdfast.system=${system}`, ...(environment ? [`holdfast.environment=${environment}`] : [])];
  const all = await docker.listContainers({ all: true, filters: { label } });
  return all
    .map(one => ({ id: one.Id, name: nameOf(one), slot: slotOf(one), running: one.State === 'running' }))
    .filter(({ slot }) => !service || slot.startsWith(`${service}.`))
    .toSorted((a, b) => a.slot.localeCompare(b.slot) || a.id.localeCompare(b.id));
}

const nameOf = ({ Names }: Docker.ContainerInfo): string => (Names[0] ?? '').replace(/^\//, '');

/** By its present name, `shop-local-web-1-k3x…`, since the labels tell the one that it was born with. */
function slotOf(one: Docker.ContainerInfo): string {
  const { 'holdfast.system': system, 'holdfast.environment': environment, 'holdfast.uid': uid } = one.Labels;
  const place = nameOf(one).slice(`${system}-${environment}-`.length, -`-${uid}`.length);
  return place.replace(/-(?=[^-]*$)/, '.');
}

/** What must not change where nothing is changed: by container, when it started. */
export async function startsOf(system: string, environment?: string): Promise<Readonly<Record<string, string>>> {
  const containers = await containersOf(system, environment ? { environment } : {});
  const seen = await Promise.all(containers.map(({ id }) => docker.getContainer(id).inspect()));
  return Object.fromEntries(seen.map(({ Name, Id, State }) => [`${Name} ${Id}`, State.StartedAt]));
}

/** Runs a command in the one container of a service that runs; what it printed. */
export async function runIn(system: string, service: string, ...command: readonly string[]): Promise<string> {
  const running = (await containersOf(system, { service })).filter(one => one.running);
  const [only, ...others] = running;
  assert.ok(only && others.length === 0, `${running.length} containers of ${service} run, not 1`);
  return runInContainer(only.id, ...command);
}

export async function runInContainer(id: string, ...command: readonly string[]): Promise<string> {
  const exec = await docker
    .getContainer(id)
    .exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true, Tty: true });
  const stream = await exec.start({ Tty: true });
  const printed = Buffer.concat(await stream.toArray()).toString();
  const { ExitCode } = await exec.inspect();
  assert.equal(ExitCode, 0, `${command.join(' ')} ended with ${ExitCode}: ${printed}`);
  return printed.trim();
}
