import { spellDuration } from '../../kit/duration.ts';
import { asProblem } from '../../kit/problem.ts';
import type { CommandRunner, Ran } from '../../ports/looking/command-runner.ts';
import type { Whereabouts } from '../../ports/looking/snapshot-reader.ts';
import type { Spawn, SpawnOptions } from '../../ports/looking/spawn.ts';
import type { Seen } from '../../ports/provider.ts';
import { lineOf } from './session/command-line.ts';
import { poolsOf } from './session/pools.ts';
import { NoShell } from './session/sessions.ts';
import { runSingly } from './session/single.ts';

/** Bytes that a command may print to each output. */
const limits = { most: 64 * 1024 * 1024 } as const;

/**
 * Runs commands in shells that stay, one for each target, which costs a fiftieth of starting each by itself. Where a
 * target has no shell, each is started by itself after all.
 */
export function shellRunner(spawn: Spawn, whereabouts: Whereabouts): CommandRunner {
  const [own, root] = [userOf(spawn, {}), userOf(spawn, { user: '0:0' })];
  return {
    async run(target, command, { within, asRoot = false }, signal) {
      signal.throwIfAborted();
      const watch = stopwatch(within, signal);
      try {
        return await (asRoot ? root : own).run(target, command, watch);
      } catch (error) {
        signal.throwIfAborted();
        if (watch.isUp()) return { late: `it did not end within ${spellDuration(within)}` };
        const isThere = await whereabouts(target, signal);
        return { unknown: isThere ? wordsOf(error) : 'what it was run in does not run' };
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([own, root].map(user => user.pools[Symbol.asyncDispose]()));
    },
  };
}

/** Runs commands as one user. */
function userOf(spawn: Spawn, options: SpawnOptions) {
  const pools = poolsOf(spawn, options);
  return {
    pools,
    async run(target: Seen, command: readonly string[], watch: Stopwatch): Promise<Ran> {
      try {
        return { ended: await pools.of(target).run(lineOf(command), limits, watch.start) };
      } catch (error) {
        if (!(error instanceof NoShell)) throw error;
        if (command[0] === 'sh') return { unknown: error.message };
        return { ended: await runSingly(spawn, target, command, options, limits, watch.start()) };
      }
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
