import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import limited from 'p-limit';
import { ownModule } from '../../../../kit/own-module.ts';
import { type Decompress, tooLarge } from '../packed.ts';
import type { XzAnswer, XzAsk } from './xz-worker.ts';

/** By WebAssembly, on any machine, in 1.6 times the CPU time of `xz`. A thread that is idle for a second ends. */
export function xzByThreads(most: number): Decompress {
  const atOnce = limited(most);
  const idle = new Map<Worker, NodeJS.Timeout>();
  return (packed, to, limit, signal) =>
    atOnce(async () => {
      signal.throwIfAborted();
      const worker = taken(idle) ?? new Worker(workerModule);
      const answer = await answerOf(worker, { packed, to, limit }, signal);
      keep(worker, idle);
      if ('failure' in answer) throw new Error(answer.failure);
      if (answer.size > limit) throw tooLarge(packed, limit);
      return answer.size;
    });
}

const workerModule = ownModule(import.meta.url, 'xz-worker');

/** Stops the thread where no answer comes. */
async function answerOf(worker: Worker, ask: XzAsk, signal: AbortSignal): Promise<XzAnswer> {
  try {
    worker.postMessage(ask);
    const [answer] = await once(worker, 'message', { signal });
    return answer;
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}

function taken(idle: Map<Worker, NodeJS.Timeout>): Worker | undefined {
  for (const [worker, end] of idle) {
    clearTimeout(end);
    idle.delete(worker);
    worker.ref();
    return worker;
  }
  return undefined;
}

/** What is idle does not keep the process alive. */
function keep(worker: Worker, idle: Map<Worker, NodeJS.Timeout>): void {
  const end = setTimeout(() => {
    idle.delete(worker);
    void worker.terminate();
  }, 1000);
  idle.set(worker, end.unref());
  worker.unref();
}
