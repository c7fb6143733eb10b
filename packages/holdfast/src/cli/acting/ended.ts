import type { Prepared } from '../../engine/release/prepare.ts';
import { asProblemOf, type Released } from '../../engine/release/release.ts';
import type { Stage } from '../../flow.ts';
import { releases } from '../../journal/view.ts';
import { Stopped, type Stopping } from '../ground/stopping.ts';
import { addressesOf } from '../output/addresses.ts';
import type { LiveEventOf } from '../output/event.ts';

/** How a verb that acts has ended, as its last event tells it. */
export type Ended = Omit<LiveEventOf<'result'>, 'event' | 'at' | 'milliseconds' | 'verb'>;

export interface EndParts {
  readonly released: Released;
  readonly stage: Stage;
  readonly prepared?: Prepared;
}

export async function endOf({ released, stage, prepared }: EndParts): Promise<Ended> {
  const { outcome, release, applied } = released;
  const isGood = outcome === 'kept' || outcome === 'unchanged';
  const number = release === undefined ? undefined : await numberOf(release, stage, prepared);
  return {
    outcome,
    done: applied.done,
    ...(release !== undefined && { release }),
    ...(number !== undefined && { number }),
    addresses: isGood && prepared ? addressesOf(prepared, stage.facts) : [],
    ...(!isGood && { problem: asProblemOf(released).toJSON() }),
  };
}

async function numberOf(id: string, { journal }: Stage, prepared: Prepared | undefined): Promise<number | undefined> {
  if (!prepared) return undefined;
  const { system, environment } = prepared.plan;
  return (await releases(journal, system, environment)).find(({ release }) => release === id)?.number;
}

/** Who asked to stop and left all as it is gets the shell's own code. */
export function exitOf({ outcome, problem }: Ended, { signal }: Pick<Stopping, 'signal'>): number {
  if (!problem) return 0;
  const cause: unknown = signal.reason;
  return outcome === 'interrupted' && cause instanceof Stopped ? cause.exit : (problem.exit ?? 1);
}
