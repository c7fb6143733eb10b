import { setTimeout as sleep } from 'node:timers/promises';
import type { GuardianActed } from '../../journal/fact.ts';
import { type Clock, iso } from '../../kit/clock.ts';
import type { Leadership } from '../../ports/leadership.ts';
import type { MemberEvent, Warden } from '../../ports/warden.ts';
import { type Attendance, attend, type Memory } from './attend.ts';
import { whoLeads } from './led.ts';
import type { Hands } from './perform.ts';
import type { Led, Step } from './sight.ts';

export interface GuardParts extends Pick<Hands, 'isReleasing'> {
  readonly warden: Warden;
  readonly leadershipOf: (cluster: string) => Leadership;
  readonly clock: Clock;
  readonly record: (acted: GuardianActed) => void;
  /** Told what is about to be done to a cluster. */
  readonly onSteps: (cluster: string, steps: readonly Step[]) => void;
  /** Told each time that the engine has answered, at least every 10 s as long as it does. */
  readonly onAnswer: () => void;
  /** Told what went wrong, and will be tried again. */
  readonly onTrouble: (error: unknown) => void;
  readonly signal: AbortSignal;
}

/** In milliseconds: how often a cluster is looked at, should nothing be heard: as a rule, and while a member is dead. */
const rounds = { quiet: 10_000, waiting: 2_000, broken: 1_000 } as const;

/** Guards all clusters of an environment on one engine until the signal. What is heard of only makes it look sooner. */
export async function guard(parts: GuardParts): Promise<void> {
  const { warden, signal } = parts;
  const guards = new Map<string, ClusterGuard>();
  const of = (cluster: string): ClusterGuard => {
    const found = guards.get(cluster) ?? guardOf(cluster, parts);
    guards.set(cluster, found);
    return found;
  };
  const all = async (): Promise<void> => {
    for (const { cluster } of await warden.look()) of(cluster);
    parts.onAnswer();
    for (const one of guards.values()) one.wake();
  };
  await Promise.all([
    untilOver(parts, async () => {
      for await (const event of warden.events(signal, () => void all().catch(parts.onTrouble)))
        of(event.cluster).hear(event);
    }),
    untilOver(parts, async () => {
      await all();
      await sleep(rounds.quiet, undefined, { signal });
    }),
  ]);
  await Promise.all([...guards.values()].map(({ over }) => over));
}

interface ClusterGuard {
  hear(event: MemberEvent): void;
  wake(): void;
  /** Resolves after the signal. */
  readonly over: Promise<void>;
}

function guardOf(cluster: string, parts: GuardParts): ClusterGuard {
  const { warden, clock, signal, isReleasing, onSteps } = parts;
  const wait: Hands['wait'] = (time, until) => sleep(time, undefined, { signal: until });
  const hands: Hands = { warden, leadership: parts.leadershipOf(cluster), clock, isReleasing, wait };
  const onPurpose = new Set<string>();
  let memory: Memory = { starts: new Map(), onPurpose };
  let led: Led | undefined;
  let heard = new Set<string>();
  let bell = Promise.withResolvers<void>();

  const remember = async ({ members }: Attendance): Promise<void> => {
    led = (await whoLeads(cluster, hands, members)) ?? led;
  };

  const over = untilOver(parts, async () => {
    const [{ promise: rung }, dead, began] = [bell, heard, clock()];
    heard = new Set();
    const attendance = await attend(
      { cluster, hands, signal, onSteps: steps => onSteps(cluster, steps) },
      { ...memory, led },
      dead,
    );
    memory = attendance.memory;
    const acted = actedIn(cluster, attendance);
    if (acted) parts.record({ ...acted, began: iso(began), milliseconds: clock() - began });
    Promise.all([warden.prepare(), remember(attendance)]).catch(parts.onTrouble);
    await Promise.race([rung, sleep(attendance.areWaiting ? rounds.waiting : rounds.quiet, undefined, { signal })]);
  });
  const wake = (): void => {
    bell.resolve();
    bell = Promise.withResolvers();
  };
  return {
    over,
    wake,
    hear({ what, id }) {
      if (what === 'stopped') onPurpose.add(id);
      if (what === 'started') onPurpose.delete(id);
      if (what !== 'died' && !(what === 'removed' && id === led?.member.id)) return;
      heard.add(id);
      wake();
    },
  };
}

/** Undefined where nothing was changed. */
function actedIn(
  cluster: string,
  { steps, leader }: Attendance,
): Omit<GuardianActed, 'began' | 'milliseconds'> | undefined {
  if (!steps.some(({ step }) => step === 'depose' || step === 'start')) return undefined;
  return { cluster, ...(leader && { leader }), steps };
}

/** Again and again until the signal. What goes wrong is told, and tried again a moment later. */
async function untilOver({ signal, onTrouble }: GuardParts, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted)
    await work().catch(async error => {
      if (signal.aborted) return;
      onTrouble(error);
      await sleep(rounds.broken, undefined, { signal }).catch(() => {});
    });
}
