import { join } from 'node:path';
import { randomId } from '../../../kit/id.ts';
import { Problem } from '../../../kit/problem.ts';
import type { TreeChange } from '../../../kit/tree.ts';
import type { Architecture } from '../../../ports/distribution.ts';
import type { Work, Workshop } from '../../../ports/workshop.ts';
import { attempt } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';
import { command } from './command.ts';
import { forgetGrounds, layGround } from './ground.ts';
import { harvest, look } from './harvest.ts';
import { sweep } from './maker.ts';
import { openOutside } from './outside.ts';
import { openRoom, place, type Room } from './room.ts';

/** Work in throwaway containers of one engine, by its API alone: the engine may be anywhere. */
export function dockerWorkshop(host: DockerHost): Workshop {
  const architecture = architectureOf(host);
  return {
    architecture,
    work: (work, signal) =>
      attempt(`${work.about}: the engine refuses a container for it`, async () => {
        signal.throwIfAborted();
        await Promise.all([sweep(host), forgetGrounds(host)]);
        const image = await layGround(host, architecture, work, signal);
        await using outside = await openOutside(host, work);
        await using room = await openRoom(host, image, outside.connection);
        const change = await unlessAborted(room, signal, () => workedIn(room, work, signal));
        return { ...change, contacted: [...outside.contacted].sort() };
      }),
  };
}

async function workedIn(room: Room, work: Work, signal: AbortSignal): Promise<TreeChange> {
  await place(room, work.fresh, signal);
  await look(room.container, work);
  await command(room.container, work);
  return harvest(room.container, work, join(work.scratch, `harvest-${randomId()}`));
}

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
