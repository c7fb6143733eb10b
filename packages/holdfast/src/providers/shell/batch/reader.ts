import { type Clock, systemClock } from '../../../kit/clock.ts';
import { spellDuration } from '../../../kit/duration.ts';
import { asProblem } from '../../../kit/problem.ts';
import { bounds, type Wanted } from '../../../ports/looking/snapshot.ts';
import type { Reading, SnapshotReader, Whereabouts } from '../../../ports/looking/snapshot-reader.ts';
import type { Spawn } from '../../../ports/looking/spawn.ts';
import type { Seen } from '../../../ports/provider.ts';
import { newMark } from '../session/mark.ts';
import { poolsOf } from '../session/pools.ts';
import { NoShell } from '../session/sessions.ts';
import { scriptOf } from './script.ts';
import { sectionsOf } from './sections.ts';
import { snapshotIn } from './snapshot.ts';

export interface BatchOptions {
  readonly clock?: Clock;
  /** How long a look may take, in milliseconds. */
  readonly patience?: number;
}

/** All that is wanted is printed by one text for a shell, which root runs inside: nothing is kept from it there. */
const asRoot = { user: '0:0' } as const;

const limits = { most: 2 * bounds.contents, kept: 2 * bounds.contents } as const;

/**
 * Reads what a shell inside of a target prints, where nothing cheaper can be had. Needs a shell, and `stat`, `cat`, `head`
 * and `find` for what is to be read by them.
 */
export function shellReader(
  spawn: Spawn,
  whereabouts: Whereabouts,
  options: BatchOptions = {},
): SnapshotReader & AsyncDisposable {
  const { clock = systemClock, patience = 10_000 } = options;
  const pools = poolsOf(spawn, asRoot);

  async function readInside(target: Seen, wanted: Wanted, late: () => AbortSignal): Promise<Reading> {
    const mark = newMark();
    const at = clock();
    const { stdout } = await pools.of(target).run(scriptOf(wanted, mark), limits, late);
    const sections = sectionsOf(Buffer.from(stdout.first), mark);
    return { snapshot: snapshotIn(sections, wanted, at) };
  }

  return {
    tier: 'session',
    async read(target, wanted, signal) {
      signal.throwIfAborted();
      const lateness = AbortSignal.timeout(patience);
      try {
        return await readInside(target, wanted, () => AbortSignal.any([signal, lateness]));
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof NoShell) return { elsewhere: error.message };
        if (lateness.aborted) return { unknown: `it could not be read within ${spellDuration(patience)}` };
        return { unknown: (await whereabouts(target, signal)) ? asProblem(error).message : 'it does not run' };
      }
    },
    [Symbol.asyncDispose]: () => pools[Symbol.asyncDispose](),
  };
}
