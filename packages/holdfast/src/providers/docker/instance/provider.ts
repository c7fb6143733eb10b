import pLimit from 'p-limit';
import { Problem } from '../../../kit/problem.ts';
import type { Scope } from '../../../model/identity.ts';
import type { InstanceDesire } from '../../../ports/desires.ts';
import type { Provider, Seen } from '../../../ports/provider.ts';
import type { Reveal } from '../../../ports/secrets.ts';
import { attempt, unless, unlessGone } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';
import { isOfWorkshop, refuseReplacement, withUid } from '../labels.ts';
import { give } from './birth.ts';
import { instanceDifferences } from './differences.ts';
import { isGuarded, removeGuarded } from './guarded.ts';
import { ours, summary } from './listing.ts';
import { type Networks, toSeen } from './reading.ts';
import type { DockerInstanceState } from './state.ts';
import { bringInLine } from './sync.ts';

export interface InstanceOptions {
  /** Gives the text of a value, at the moment it leaves for the engine. */
  readonly reveal: Reveal;
  /** How many containers are inspected at once; 32 when left out. */
  readonly atOnce?: number;
}

/** Containers of one engine. */
export function dockerInstances(
  host: DockerHost,
  scope: Scope,
  { reveal, atOnce = 32 }: InstanceOptions,
): Provider<InstanceDesire, DockerInstanceState> {
  const { docker, enforces } = host;
  const delivery = { host, scope, reveal };

  const find = async (uid: string): Promise<string | undefined> => {
    const found = await docker.listContainers({ all: true, filters: withUid(uid) });
    return [...ours(found, scope)][0]?.Id;
  };

  const bringAbout = async (...[desired, , signal]: Parameters<Provider<InstanceDesire>['ensure']>) => {
    signal.throwIfAborted();
    const id = (await find(desired.uid)) ?? (await give(desired, delivery));
    const seen = (await look(host, scope, id)) ?? vanished(desired.name);
    const wrong = instanceDifferences(desired, seen, enforces);
    refuseReplacement(desired, wrong);
    if (wrong.length === 0) return seen;
    await bringInLine({ docker, container: docker.getContainer(id), desired, seen, wrong }, delivery, signal);
    return (await look(host, scope, id)) ?? vanished(desired.name);
  };

  return {
    kind: 'instance',

    observe: asked =>
      attempt('the containers of the engine can not be listed', async () => {
        const [all, networks] = await Promise.all([docker.listContainers({ all: true }), networksOf(host)]);
        const found = all.filter(one => !isOfWorkshop(one));
        const own = ours(found, asked);
        const limit = pLimit(atOnce);
        const seen = await Promise.all(
          found.map(one => (own.has(one) ? limit(() => inspect(host, asked, one.Id, networks)) : summary(host, one))),
        );
        return seen.filter(one => one !== undefined);
      }),

    differences: (desired, seen) => instanceDifferences(desired, seen, enforces),

    ensure: (desired, seen, signal) =>
      attempt(`container ${desired.name} can't be brought about`, () => bringAbout(desired, seen, signal)),

    remove: (seen, signal) => attempt(`container ${seen.name} can't be removed`, () => remove(host, seen, signal)),
  };
}

/** One container as it is now; undefined when it is gone. */
export async function look(host: DockerHost, scope: Scope, id: string): Promise<Seen<DockerInstanceState> | undefined> {
  return inspect(host, scope, id, await networksOf(host));
}

async function inspect(
  host: DockerHost,
  scope: Scope,
  id: string,
  networks: Networks,
): Promise<Seen<DockerInstanceState> | undefined> {
  const found = await unlessGone(() => host.docker.getContainer(id).inspect());
  return found && toSeen(host, found, networks, scope);
}

async function networksOf({ docker }: DockerHost): Promise<Networks> {
  const found = await docker.listNetworks();
  return { ids: new Set(found.map(({ Id }) => Id)), names: new Set(found.map(({ Name }) => Name)) };
}

/** Asks it to stop, gives it its grace, and takes away what belongs to it alone: its unnamed volumes too. */
async function remove({ docker, attachments }: DockerHost, seen: Seen, signal: AbortSignal): Promise<void> {
  const container = docker.getContainer(seen.id);
  await attachments.alone(() => unless([304, 404], () => container.stop({ abortSignal: signal })));
  signal.throwIfAborted();
  // 409: somebody else is removing it at this moment.
  await unless([404, 409], () => container.remove({ force: true, v: true }));
  await unlessGone(() => container.wait({ condition: 'removed', abortSignal: signal }));
  if (seen.birth && isGuarded(seen.birth.uid, seen.uses)) await removeGuarded(docker, seen.birth.uid);
}

function vanished(name: string): never {
  throw new Problem({ what: `container ${name} is gone the moment it was there`, retry: true });
}
