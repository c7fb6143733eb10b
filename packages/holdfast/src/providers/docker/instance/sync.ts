import type Docker from 'dockerode';
import { Problem } from '../../../kit/problem.ts';
import { guardedFolder, hasGuarded } from '../../../model/guarded-files.ts';
import type { InstanceDesire } from '../../../ports/desires.ts';
import type { Desired, Difference, Seen } from '../../../ports/provider.ts';
import { attempt, statusOf, unless, unlessGone } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';
import type { Delivery } from './birth.ts';
import { endpoint, limitsBody } from './config.ts';
import { networkAspect, updatable } from './differences.ts';
import { archivesOf } from './files.ts';
import { putGuarded } from './guarded.ts';
import { endsOf } from './reading.ts';
import type { DockerInstanceState } from './state.ts';
import { onceFree } from './taken-address.ts';

/** A container, what it ought to be, and what is wrong with it. */
export interface Case {
  readonly docker: Docker;
  readonly container: Docker.Container;
  readonly desired: Desired<InstanceDesire>;
  readonly seen: Seen<DockerInstanceState>;
  readonly wrong: readonly Difference[];
}

/** Brings in line what can be changed in place. Each step may be the first after a crash, and does no harm when done twice. */
export async function bringInLine(one: Case, { host, reveal }: Delivery, signal: AbortSignal): Promise<void> {
  if (one.seen.state.status === 'created' && one.wrong.length > 0) await fill(one, reveal);
  signal.throwIfAborted();
  if (isWrong(one, updatable)) await one.container.update(limitsBody(one.desired.spec));
  if (isWrong(one, ['name'])) await rename(one);
  for (const name of wrongNetworks(one)) await reconnect(one, name, host);
  signal.throwIfAborted();
  if (isWrong(one, ['status'])) await wake(one, host);
}

const isWrong = ({ wrong }: Case, aspects: readonly string[]): boolean =>
  wrong.some(({ aspect }) => aspects.includes(aspect));

/** Nothing has read the files of a container that never started, so they may be put again. */
async function fill({ docker, container, desired }: Case, reveal: Delivery['reveal']): Promise<void> {
  for (const { at, pack } of archivesOf(desired.spec, reveal)) {
    if (at === guardedFolder && hasGuarded(desired.spec)) await putGuarded(docker, desired, await pack());
    else await container.putArchive(await pack(), { path: at });
  }
}

async function rename({ docker, container, desired }: Case): Promise<void> {
  try {
    await container.rename({ name: desired.name });
  } catch (cause) {
    const namesake = await unlessGone(() => docker.getContainer(desired.name).inspect());
    if (!namesake || namesake.Id === container.id) throw cause;
    throw new Problem({
      what: `container ${desired.name} can't have its name back: another has taken it`,
      where: `container ${desired.name} (${namesake.Id.slice(0, 12)}, ${namesake.Config.Image})`,
      fix: `rename that one: docker rename ${desired.name} …`,
      cause,
    });
  }
}

function wrongNetworks({ desired, seen, wrong }: Case): readonly string[] {
  const names = [...desired.spec.networks.map(({ name }) => name), ...Object.keys(seen.state.actual?.networks ?? {})];
  const aspects = new Set(wrong.map(({ aspect }) => aspect));
  return [...new Set(names)].filter(name => aspects.has(networkAspect(name)));
}

/** Off and on again: an attachment can't be changed, and it may be to a network that is gone. */
async function reconnect(
  { docker, container, desired, seen }: Case,
  name: string,
  { attachments }: DockerHost,
): Promise<void> {
  const network = docker.getNetwork(name);
  if (seen.state.actual?.networks[name])
    await attachments.alone(() =>
      unless([403, 404], () => network.disconnect({ Container: container.id, Force: true })),
    );
  if (!desired.spec.networks.some(wanted => wanted.name === name)) return;
  const connect = () => network.connect({ Container: container.id, EndpointConfig: endpoint(desired.spec, name) });
  await attempt(`container ${desired.name} can't be connected to network ${name}`, () =>
    onceFree(docker, desired.spec, () => attachments.together(() => connect().catch(unlessOn(container, name)))),
  );
}

/** The engine refuses in the same way who is connected already, and who wants an address that another one has. */
const unlessOn = (container: Docker.Container, name: string) => async (error: unknown) => {
  if (statusOf(error) !== 403 || !endsOf(await container.inspect()).has(name)) throw error;
};

async function wake({ docker, container, desired, seen }: Case, host: DockerHost): Promise<void> {
  await attempt(`container ${desired.name} can't be started`, () =>
    onceFree(docker, desired.spec, () => unless([304], () => up(container, seen.state, host))),
  );
}

function up(
  container: Docker.Container,
  { status }: DockerInstanceState,
  { attachments }: DockerHost,
): Promise<unknown> {
  if (status === 'paused') return container.unpause();
  // The engine waits ever longer between restarts; this one is now.
  if (status === 'restarting') return attachments.alone(() => container.restart());
  return attachments.together(() => container.start());
}
