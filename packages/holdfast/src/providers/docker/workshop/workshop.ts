import { join } from 'node:path';
import { randomId } from '../../../kit/id.ts';
import { Problem } from '../../../kit/problem.ts';
import type { TreeChange } from '../../../kit/tree.ts';
import type { Architecture } from '../../../ports/distribution.ts';
import type { Work, Worked, Workshop } from '../../../ports/workshop.ts';
import { attempt } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';
import { linesOf } from '../lines.ts';
import { command } from './command.ts';
import { harvestOf } from './harvest.ts';
import { sweep } from './maker.ts';
import { openRoom, type Room } from './room.ts';
import { words } from './script.ts';

/** Work in throwaway containers of one engine, by its API alone: the engine may be anywhere. */
export const dockerWorkshop = (host: DockerHost): Workshop => ({
  architecture: architectureOf(host),
  work: (work, signal) =>
    attempt(`${work.about}: the engine refuses a container for it`, async () => {
      signal.throwIfAborted();
      await sweep(host);
      return workIn(host, work, signal);
    }),
});

async function workIn(host: DockerHost, work: Work, signal: AbortSignal): Promise<Worked> {
  await using room = await openRoom(host, work, { network: 'none', env: {} }, signal);
  const stop = () => void room[Symbol.asyncDispose]();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return { ...(await workedIn(room, work)), contacted: [] };
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** What is written in the clock's tick in which the list was made would look as old as the list. The longest are 10 ms. */
const tick = 20;

async function workedIn(room: Room, work: Work): Promise<TreeChange> {
  const heard = linesOf(room.stderr);
  await awaitWord(heard, words.ready, work);
  await new Promise(resolve => setTimeout(resolve, tick));
  await command(room, work);
  room.say('go');
  const [change] = await Promise.all([
    harvestOf(room.stdout, join(work.scratch, `harvest-${randomId()}`)),
    awaitWord(heard, words.done, work),
  ]);
  return change;
}

async function awaitWord(heard: AsyncGenerator<string>, word: string, { about }: Work): Promise<void> {
  const said: string[] = [];
  for (;;) {
    const { value, done } = await heard.next();
    if (value === word) return;
    if (done) throw silent(about, said);
    said.push(value);
  }
}

const silent = (about: string, said: readonly string[]): Problem =>
  new Problem({
    what: `${about}: the container ended before its time`,
    why: said.at(-1) ?? 'it said nothing',
    fix: 'it needs sh, find and tar in the image, as Debian has them',
    evidence: said.slice(-20),
  });

function architectureOf({ architecture, engine }: DockerHost): Architecture {
  if (architecture === 'amd64' || architecture === 'arm64') return architecture;
  throw new Problem({ what: `engine ${engine} runs on ${architecture}`, fix: 'use an engine on amd64 or arm64' });
}
