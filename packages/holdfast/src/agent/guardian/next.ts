import type { Member } from '../../ports/warden.ts';
import { startableAt } from './restarts.ts';
import type { Reading, Sight, Step } from './sight.ts';

/** In milliseconds: how long others may take to agree on a leader, and a store to answer, before dead members are started. */
const patience = { leader: 15_000, store: 5_000 } as const;

/**
 * In milliseconds: so long a dead member stays dead. Whoever stops a container on purpose is heard of after its death, and
 * whoever takes over has better use for the processors than to share them with one that starts.
 */
const rest = 3_000;

/**
 * What is to be done next for one cluster. Empty where nothing is, for now. Pure.
 *
 * The lead is taken only from a member that is seen dead after it was read that it leads. Should it be started in the
 * moment after that, then it leads by a key of another revision, which stays. From one that is gone it is taken if it is
 * the very lead that it had while it was seen: on another engine there may be one of its name.
 */
export function nextSteps(sight: Sight): readonly Step[] {
  const { members, read } = sight;
  const dead = members.filter(isOver);
  if (dead.length === 0 && !members.some(isHeld)) return leaveLock(sight);
  const loose = dead.filter(({ comesBack }) => comesBack);
  if (loose.length > 0) return loose.map(member => ({ do: 'fence', member }));
  if (!members.some(isAlive)) return bringBack(sight);
  if (!read || dead.some(({ id }) => !read.dead.has(id))) return firstLook(sight);
  return withReading(sight, read);
}

/** Members whose turn may yet come: to be looked at again before long. Pure. */
export const areWaiting = ({ members, onPurpose }: Sight): boolean =>
  members.some(member => isDead(member) && !onPurpose.has(member.id));

const isOver = ({ life }: Member): boolean => life === 'dead' || life === 'gone';
const isDead = ({ life }: Member): boolean => life === 'dead';
const isAlive = ({ life }: Member): boolean => life === 'alive';
const isHeld = (member: Member): boolean => member.isHeld;

const leaveLock = ({ read }: Sight): readonly Step[] => (read?.lock === 'mine' ? [{ do: 'release' }] : []);

function firstLook(sight: Sight): readonly Step[] {
  const { silentSince, now } = sight;
  if (silentSince === undefined) return [{ do: 'claim' }];
  return now - silentSince < patience.store ? again('the store', 500) : bringBack(sight);
}

const isTakeable = ({ id, isHeld }: Member, { outOfReach }: Sight): boolean => !isHeld && !outOfReach.has(id);

function withReading(sight: Sight, read: Reading): readonly Step[] {
  if (read.lock === 'theirs') return again('the lock', 500);
  const steps = withLock(sight, read);
  return read.lock === 'left' && steps.length > 0 ? [{ do: 'claim' }] : steps;
}

function withLock(sight: Sight, { leader }: Reading): readonly Step[] {
  const { members, now, led, leaderlessSince = now } = sight;
  const leading = members.find(({ name }) => name === leader?.member);
  const isIts = leading?.life !== 'gone' || led?.revision === leader?.revision;
  if (leader && leading && isOver(leading) && isIts) return takeOver(leading, leader.revision, sight);
  if (!leader && now - leaderlessSince < patience.leader) return again('a leader', 1_000);
  return bringBack(sight);
}

/** Neither waits for the other: with its key goes what the others would ask it by; its clients still do. */
const takeOver = (member: Member, revision: number, sight: Sight): readonly Step[] => [
  { do: 'depose', member, revision },
  ...(isTakeable(member, sight) ? [{ do: 'take-address', member } as const] : []),
];

/** A member can't be started while its address is held. */
function bringBack(sight: Sight): readonly Step[] {
  const { members, onPurpose, releasing, now } = sight;
  const held = members.filter(isHeld);
  if (held.length > 0) return held.map(member => ({ do: 'give-address-back', member }));
  const ripe = members.filter(member => isDead(member) && !onPurpose.has(member.id) && turnOf(member, sight) <= now);
  if (ripe.length > 0 && releasing === undefined) return [{ do: 'ask' }];
  if (ripe.length > 0 && !releasing) return ripe.map(member => ({ do: 'start', member }));
  return leaveLock(sight);
}

/** When it may be started, in milliseconds since 1970. */
const turnOf = ({ name, ended }: Member, { starts, now }: Sight): number =>
  Math.max(startableAt(starts.get(name) ?? [], now), ended + rest);

const again = (what: Extract<Step, { do: 'wait' }>['for'], time: number): readonly Step[] => [
  { do: 'claim' },
  wait(what, time),
];

const wait = (what: Extract<Step, { do: 'wait' }>['for'], time: number): Step => ({ do: 'wait', for: what, time });
