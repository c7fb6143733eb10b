import { rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { exitCode, Problem } from './problem.ts';

export interface Turn {
  /** The path of a file that is there while somebody is at it. */
  readonly lock: string;
  /** What is written to, in words: `the OCI layout`. */
  readonly what: string;
  readonly signal?: AbortSignal;
}

/** Nobody holds a lock this long, in milliseconds, but who was killed. */
const longest = 10_000;

/** Does the work while no other process is at it under the same lock. For work of a moment. */
export async function inTurn<T>(turn: Turn, work: () => Promise<T>): Promise<T> {
  const { lock, signal } = turn;
  const start = performance.now();
  for (;;) {
    const held = await holding(lock, work);
    if (held) return held.value;
    signal?.throwIfAborted();
    if (performance.now() - start > 6 * longest) throw endless(turn);
    // One at a time takes an old lock away, and looks again before: it may be another's by then.
    if (await isOld(lock))
      await holding(`${lock}.old`, async () => (await isOld(lock)) && (await rm(lock, { force: true })));
    await wait(20, undefined, { signal }).catch(() => signal?.throwIfAborted());
  }
}

/** What the work gave; undefined where another holds the lock. */
async function holding<T>(lock: string, work: () => Promise<T>): Promise<{ readonly value: T } | undefined> {
  try {
    await writeFile(lock, '', { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
  try {
    return { value: await work() };
  } finally {
    await rm(lock, { force: true });
  }
}

async function isOld(lock: string): Promise<boolean> {
  const found = await stat(lock).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > longest;
}

const endless = ({ lock, what }: Turn): Problem =>
  new Problem({
    what: `another process is writing to ${what}, and does not come to an end`,
    where: lock,
    fix: 'if there is none, take the file away, and the one of the same name that ends in .old',
    exit: exitCode.unreachable,
    retry: true,
  });
