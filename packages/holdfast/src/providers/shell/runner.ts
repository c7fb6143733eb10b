import { spellDuration } from '../../kit/duration.ts';
import { asProblem } from '../../kit/problem.ts';
import type { CommandRunner, Ran } from '../../ports/command-runner.ts';
import type { Seen } from '../../ports/provider.ts';
import type { Whereabouts } from '../../ports/snapshot-reader.ts';
import type { Spawn } from '../../ports/spawn.ts';
import { lineOf } from './command-line.ts';
import { poolOf } from './pool.ts';
import { NoShell, sessionsIn } from './sessions.ts';
import { runSingly } from './single.ts';

/** Bytes that a command may print to each output. */
const limits = { most: 64 * 1024 * 1024 } as const;

/**
 * Runs commands in shells that stay, one for each target, which costs a fiftieth of starting each by itself. Where a
 * target has no shell, each is started by itself after all.
 */
export function shellRunner(spawn: Spawn, whereabouts: Whereabouts): CommandRunner {
  const pools = new Map<string, ReturnType<typeof poolOf>>();
  const poolFor = (target: Seen) => {
    const pool = pools.get(target.id) ?? poolOf(sessionsIn(spawn, target));
    pools.set(target.id, pool);
    return pool;
  };

  async function run(target: Seen, command: readonly string[], clock: Stopwatch): Promise<Ran> {
    try {
      return { tier: 'session', ended: await poolFor(target).run(lineOf(command), limits, clock.start) };
    } catch (error) {
      if (!(error instanceof NoShell)) throw error;
      if (command[0] === 'sh') return { tier: 'session', unknown: error.message };
      return { tier: 'exec', ended: await runSingly(spawn, target, command, {}, limits, clock.start()) };
    }
  }

  return {
    async run(target, command, within, signal) {
      signal.throwIfAborted();
      const clock = stopwatch(within, signal);
      try {
        return await run(target, command, clock);
      } catch (error) {
        signal.throwIfAborted();
        if (clock.isUp()) return { tier: 'session', unknown: `it did not end within ${spellDuration(within)}` };
        const isThere = await whereabouts(target, signal);
        return { tier: 'session', unknown: isThere ? wordsOf(error) : 'what it was run in ended' };
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...pools.values()].map(pool => pool[Symbol.asyncDispose]()));
    },
  };
}

type Stopwatch = ReturnType<typeof stopwatch>;

/** Time runs from when a command begins, not while it waits for others. */
function stopwatch(within: number, signal: AbortSignal) {
  let lateness: AbortSignal | undefined;
  return {
    start(): AbortSignal {
      lateness = AbortSignal.timeout(within);
      return AbortSignal.any([signal, lateness]);
    },
    isUp: () => lateness?.aborted === true,
  };
}

function wordsOf(error: unknown): string {
  const { message, parts } = asProblem(error);
  return parts.why ? `${message}: ${parts.why}` : message;
}
