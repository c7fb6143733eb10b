import { join } from 'node:path';
import { randomId } from '../../../kit/id.ts';
import { Problem } from '../../../kit/problem.ts';
import type { TreeChange } from '../../../kit/tree.ts';
import type { Architecture } from '../../../ports/distribution.ts';
import type { OpenSite, Site, Task, Workshop } from '../../../ports/workshop.ts';
import { attempt } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';
import { command } from './command.ts';
import { forgetGrounds, layGround } from './ground.ts';
import { harvest, look } from './harvest.ts';
import { sweep } from './maker.ts';
import { openOutside } from './outside.ts';
import { place } from './place.ts';
import { openRoom, type Room } from './room.ts';

/** Work in throwaway containers of one engine, by its API alone: the engine may be anywhere. */
export function dockerWorkshop(host: DockerHost): Workshop {
  const architecture = architectureOf(host);
  const open = (site: Site, signal: AbortSignal): OpenSite => openSite(host, architecture, site, signal);
  return {
    architecture,
    open,
    async work(work, signal) {
      await using site = open(work, signal);
      return await site.work(work);
    },
  };
}

function openSite(host: DockerHost, architecture: Architecture, site: Site, signal: AbortSignal): OpenSite {
  const stack = new AsyncDisposableStack();
  const ready = attempt('the engine refuses a container for work', async () => {
    signal.throwIfAborted();
    await Promise.all([sweep(host), forgetGrounds(host)]);
    const image = await layGround(host, architecture, site, signal);
    const outside = stack.use(await openOutside(host, site));
    return { outside, room: stack.use(await openRoom(host, image, outside.connection, site.passing)) };
  });
  ready.catch(() => {});
  return {
    work: async task => {
      const { outside, room } = await ready;
      const change = await unlessAborted(room, signal, () => workedIn(room, site, task, signal));
      return { ...change, contacted: [...outside.contacted].sort() };
    },
    async [Symbol.asyncDispose]() {
      await ready.catch(() => {});
      await stack.disposeAsync();
    },
  };
}

const workedIn = (room: Room, { scratch }: Site, task: Task, signal: AbortSignal): Promise<TreeChange> =>
  attempt(`${task.about}: the engine does not go on`, async () => {
    await place(room, task.fresh, signal);
    await look(room.container, task);
    await command(room.container, task);
    return harvest(room.container, task, join(scratch, `harvest-${randomId()}`));
  });

/** The container goes at once, and with it all that is waited for. */
async function unlessAborted<T>(room: Room, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const stop = () => void room[Symbol.asyncDispose]();
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function architectureOf({ architecture, engine }: DockerHost): Architecture {
  if (architecture === 'amd64' || architecture === 'arm64') return architecture;
  throw new Problem({ what: `engine ${engine} runs on ${architecture}`, fix: 'use an engine on amd64 or arm64' });
}
