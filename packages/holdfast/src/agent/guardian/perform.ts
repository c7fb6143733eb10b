import type { Clock } from '../../kit/clock.ts';
import type { Claim, Leader, Leadership } from '../../ports/leadership.ts';
import type { Member, Warden } from '../../ports/warden.ts';
import type { Sight, Step } from './sight.ts';

/** What the guardian of one cluster acts through. */
export interface Hands {
  readonly warden: Warden;
  readonly leadership: Leadership;
  readonly clock: Clock;
  /** Whether a release of the environment is under way. Undefined where nobody can tell. */
  isReleasing(): Promise<boolean | undefined>;
  /** Resolves when so many milliseconds are over; rejects at once when the signal says so. */
  wait(time: number, signal: AbortSignal): Promise<void>;
}

/** What a step taught, put to what is known. */
export type Lesson = (sight: Sight) => Sight;

/** Does one step. What the world refuses is learnt too; only an abort throws. */
export async function perform(step: Step, sight: Sight, hands: Hands, signal: AbortSignal): Promise<Lesson> {
  const { warden, leadership, clock } = hands;
  switch (step.do) {
    case 'fence':
      return warden.fence(step.member).then(nothing, nothing);
    case 'take-address':
      return (await warden.takeAddress(step.member).catch(() => false)) ? same : outOfReach(step.member);
    case 'give-address-back':
      return warden.giveAddressBack(step.member).then(nothing, nothing);
    case 'claim':
      return leadership.claim().then(
        claim => claimed(claim, sight, clock()),
        () => silent(clock()),
      );
    case 'depose':
      return deposed(await leadership.depose(leaderIn(step)).catch(() => false), clock());
    case 'start':
      await warden.start(step.member).catch(nothing);
      return started(step.member, clock());
    case 'ask':
      return asked((await hands.isReleasing().catch(() => undefined)) ?? false);
    case 'release':
      await leadership.release().catch(nothing);
      return left;
    case 'wait':
      await hands.wait(step.time, signal);
      return same;
  }
}

const same: Lesson = sight => sight;
const nothing = (): Lesson => same;

const outOfReach =
  ({ id }: Member): Lesson =>
  sight => ({ ...sight, outOfReach: new Set([...sight.outOfReach, id]) });

function claimed(claim: Claim, { members, heard }: Sight, now: number): Lesson {
  const over = members.filter(({ life }) => life === 'dead' || life === 'gone');
  const dead = new Set([...heard, ...over.map(({ id }) => id)]);
  const { leader } = claim;
  return sight => ({
    ...sight,
    read: { ...claim, dead },
    silentSince: undefined,
    leaderlessSince: leader ? undefined : (sight.leaderlessSince ?? now),
  });
}

const silent =
  (now: number): Lesson =>
  sight => ({ ...sight, silentSince: sight.silentSince ?? now });

const leaderIn = ({ member, revision }: Extract<Step, { do: 'depose' }>): Leader => ({ member: member.name, revision });

/** Where it could not be, all is to be read anew. */
const deposed =
  (isDone: boolean, now: number): Lesson =>
  ({ read, ...sight }) =>
    read ? { ...sight, read: { lock: read.lock, dead: isDone ? read.dead : new Set() }, leaderlessSince: now } : sight;

const started =
  ({ name }: Member, now: number): Lesson =>
  sight => ({
    ...sight,
    starts: new Map([...sight.starts, [name, [...(sight.starts.get(name) ?? []), now].slice(-10)]]),
  });

const asked =
  (releasing: boolean): Lesson =>
  sight => ({ ...sight, releasing });

const left: Lesson = sight => (sight.read ? { ...sight, read: { ...sight.read, lock: 'left' } } : sight);
