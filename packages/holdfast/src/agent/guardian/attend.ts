import type { GuardianStep } from '../../journal/fact.ts';
import type { Member } from '../../ports/warden.ts';
import { areWaiting, nextSteps } from './next.ts';
import { type Hands, perform } from './perform.ts';
import type { Sight, Step } from './sight.ts';

/** What outlasts one attendance to a cluster. It holds nothing that could not be read again, but for what was heard. */
export type Memory = Pick<Sight, 'led' | 'read' | 'starts'> & { readonly onPurpose: Set<string> };

export interface Attendance {
  readonly memory: Memory;
  /** As they were in the end. */
  readonly members: readonly Member[];
  /** What was done, waiting left out. */
  readonly steps: readonly GuardianStep[];
  /** Whether a member is dead whose turn may yet come. */
  readonly areWaiting: boolean;
  /** Who leads, as far as it was read. */
  readonly leader?: string;
}

export interface AttendanceParts {
  readonly cluster: string;
  readonly hands: Hands;
  readonly signal: AbortSignal;
  /** Told what is about to be done. */
  readonly onSteps: (steps: readonly Step[]) => void;
}

/**
 * Does what is to be done for a cluster, until there is nothing to be done for now. It looks after each round. Where a
 * death was heard of, it does not wait for the engine, which is still clearing up, before it reads who leads.
 */
export async function attend(parts: AttendanceParts, memory: Memory, heard: ReadonlySet<string>): Promise<Attendance> {
  const done: GuardianStep[] = [];
  let sight: Sight = { ...memory, heard, now: 0, members: [], outOfReach: new Set() };
  let steps: readonly Step[] = heard.size > 0 ? [{ do: 'claim' }] : [];
  do {
    sight = await round(steps, sight, parts, done);
    steps = nextSteps(sight);
  } while (steps.length > 0);
  return outcome(sight, memory, done);
}

async function round(
  steps: readonly Step[],
  sight: Sight,
  parts: AttendanceParts,
  done: GuardianStep[],
): Promise<Sight> {
  const { hands, signal, cluster } = parts;
  signal.throwIfAborted();
  if (steps.length > 0) parts.onSteps(steps);
  const lessons = await Promise.all(steps.map(step => timed(step, () => perform(step, sight, hands, signal), done)));
  const members = ofCluster(cluster, await hands.warden.look(sight.led?.member));
  return { ...lessons.reduce((known, lesson) => lesson(known), sight), members, now: hands.clock() };
}

/** What took the place of one that is gone is what has its name. */
export function ofCluster(cluster: string, all: readonly Member[]): readonly Member[] {
  const here = all.filter(member => member.cluster === cluster);
  const there = new Set(here.filter(({ life }) => life !== 'gone').map(({ name }) => name));
  return here.filter(({ life, name }) => life !== 'gone' || !there.has(name));
}

async function timed<T>(step: Step, work: () => Promise<T>, done: GuardianStep[]): Promise<T> {
  const since = performance.now();
  const result = await work();
  done.push(...noted(step, performance.now() - since));
  return result;
}

function noted(step: Step, milliseconds: number): readonly GuardianStep[] {
  if (step.do === 'wait') return [];
  const member = 'member' in step ? { member: step.member.name } : {};
  return [{ step: step.do, ...member, milliseconds: Math.round(milliseconds) }];
}

const outcome = (sight: Sight, { onPurpose, led }: Memory, steps: readonly GuardianStep[]): Attendance => ({
  memory: { led, read: sight.read, starts: sight.starts, onPurpose },
  members: sight.members,
  steps,
  areWaiting: areWaiting(sight),
  ...(sight.read?.leader && { leader: sight.read.leader.member }),
});
