import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { now } from '../ledger/entry.ts';
import { docker } from '../project.ts';

/** What kills it: the engine, as asked for by hand, or the kernel, without a word to the engine. */
export type Killer = 'engine' | 'kernel';

/** Kills a container with SIGKILL; when it was seen to be dead. A kill by the engine is not followed by its restart policy. */
export async function kill(id: string, killer: Killer): Promise<number> {
  const { State } = await docker.getContainer(id).inspect();
  assert.ok(State.Running && State.Pid > 0, 'it runs');
  if (killer === 'engine') await docker.getContainer(id).kill({ signal: 'SIGKILL' });
  else process.kill(State.Pid, 'SIGKILL');
  await untilEnded(id, State.Pid);
  return now();
}

/** The process is gone: the container may have begun again as another. */
async function untilEnded(id: string, pid: number): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    const { State } = await docker.getContainer(id).inspect();
    if (State.Pid !== pid) return;
    await sleep(10);
  }
  throw new Error(`process ${pid} of ${id.slice(0, 12)} outlives SIGKILL`);
}
