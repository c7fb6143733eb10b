import { setTimeout as pause } from 'node:timers/promises';
import { type Clock, systemClock } from '../../kit/clock.ts';
import type { FactsOf } from '../../model/assertion/facts/facts-of.ts';
import type { Looked } from '../../model/assertion/matcher.ts';
import type { SubjectType } from '../../model/spec/subject-spec.ts';
import type { Looker, Sight, Sights, Tier } from '../../ports/looking/looker.ts';
import { askedOf, holdsFor, type Subject } from './subject.ts';
import { lookInOrder } from './tiers.ts';

/** Something to be looked at, and what is said of it. */
export interface Target<T> {
  readonly target: T;
  readonly subjects: readonly Subject[];
  /** Ways to look at it, the cheapest first. */
  readonly lookers: readonly Looker<T>[];
}

/** What was last seen of a subject. */
export interface Observation<T> {
  readonly target: T;
  readonly subject: Subject;
  readonly looked: Looked<FactsOf[SubjectType]>;
  /** In which way; where there was none, in which it was tried last. */
  readonly tier: Tier;
  /** When, in milliseconds since 1970. */
  readonly at: number;
  /** How often it was looked at. */
  readonly looks: number;
  /** How long the last look took; what was read together says the same. */
  readonly milliseconds: number;
  /** Of what may take its time: how long it took until all that is said of it was so. */
  readonly readyAfter?: number;
}

export interface ObserveOptions<T> {
  readonly clock?: Clock;
  /** How many targets are looked at together. */
  readonly atOnce?: number;
  /** Told of each as soon as it is known. */
  readonly onObserved?: (observation: Observation<T>) => void;
}

/** Between two looks, in milliseconds: at first, and at most. */
const pauses = { first: 50, most: 1_000 } as const;

/** Looks again, each time anew, at what is not so yet and may still become so. */
export async function observeTogether<T>(
  { target, subjects, lookers }: Target<T>,
  startedAt: number,
  signal: AbortSignal,
  { clock = systemClock, onObserved = () => {} }: ObserveOptions<T>,
): Promise<readonly Observation<T>[]> {
  const done: Observation<T>[] = [];
  let open = subjects;
  for (let wait: number = pauses.first, looks = 1; ; wait = Math.min(wait * 2, pauses.most), looks++) {
    const asked = open.map(subject => askedOf(subject, timeFor(subject, startedAt)));
    const sights = await lookInOrder(target, asked, lookers, signal);
    const judged = open.map(subject => ({ ...roundOf(subject, sights, startedAt), looks }));
    const settled = judged.filter(({ isSettled }) => isSettled).map(one => observationOf(target, one, lookers, clock));
    settled.forEach(onObserved);
    done.push(...settled);
    open = judged.filter(({ isSettled }) => !isSettled).map(({ subject }) => subject);
    if (open.length === 0) return done;
    const soonest = Math.min(...open.map(subject => leftOf(subject, startedAt) ?? 0));
    await pause(Math.max(1, Math.min(wait, soonest)), undefined, { signal });
  }
}

interface Round {
  readonly subject: Subject;
  readonly sight: Sight;
  readonly isSo: boolean;
  readonly isSettled: boolean;
  readonly looks: number;
  /** Since the first look began. */
  readonly took: number;
}

function roundOf(subject: Subject, sights: Sights, startedAt: number): Omit<Round, 'looks'> {
  const sight = sights.get(subject.of) ?? { elsewhere: 'nobody looked' };
  const took = performance.now() - startedAt;
  const isSo = holdsFor(subject, sight);
  return { subject, sight, isSo, isSettled: isSo || took >= (subject.of.eventually ?? 0), took };
}

/** What a look may take when time is nearly up: one that is cut off would tell of nothing but that. */
const leastLook = 500;

/** Milliseconds until it must be so; undefined for what is looked at once. */
const leftOf = ({ of: { eventually } }: Subject, startedAt: number): number | undefined =>
  eventually === undefined ? undefined : eventually - (performance.now() - startedAt);

function timeFor(subject: Subject, startedAt: number): number | undefined {
  const left = leftOf(subject, startedAt);
  return left === undefined ? undefined : Math.max(leastLook, Math.ceil(left));
}

function observationOf<T>(
  target: T,
  { subject, sight, isSo, looks, took }: Round,
  lookers: readonly Looker<T>[],
  clock: Clock,
): Observation<T> {
  const tier = lookers.findLast(({ sees }) => sees(subject.of))?.tier ?? 'outside';
  const unseen = (why: string) => ({ looked: { unknown: why }, tier, at: clock(), milliseconds: took });
  const seen = 'looked' in sight ? sight : unseen(sight.elsewhere);
  return { target, subject, ...seen, looks, ...(isSo && subject.of.eventually !== undefined && { readyAfter: took }) };
}
