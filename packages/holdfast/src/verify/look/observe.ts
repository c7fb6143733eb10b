import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import { type Observation, type ObserveOptions, observeTogether, type Target } from './rounds.ts';
import { isDenied, isGrowing, type Subject } from './subject.ts';

export type { Observation, ObserveOptions, Target } from './rounds.ts';

/** Looks at all that is said of all targets, until it is so or its time is up. Throws for nothing but an abort. */
export async function observe<T>(
  targets: readonly Target<T>[],
  signal: AbortSignal,
  options: ObserveOptions<T> = {},
): Promise<readonly Observation<T>[]> {
  const limit = pLimit(options.atOnce ?? 16);
  const all = await Promise.all(targets.map(target => limit(() => observeOne(target, signal, options))));
  return all.flat();
}

/** What must not be so could begin to: it is looked at when all that must be so was seen. */
async function observeOne<T>(
  target: Target<T>,
  signal: AbortSignal,
  options: ObserveOptions<T>,
): Promise<readonly Observation<T>[]> {
  const startedAt = performance.now();
  const [denied, claimed] = [target.subjects.filter(isLate), target.subjects.filter(subject => !isLate(subject))];
  const seen = await observeEach({ ...target, subjects: claimed }, startedAt, signal, options);
  if (denied.length === 0) return seen;
  await pause(Math.max(0, startedAt + (options.settles ?? 0) - performance.now()), undefined, { signal });
  return [...seen, ...(await observeEach({ ...target, subjects: denied }, performance.now(), signal, options))];
}

const isLate = (subject: Subject): boolean =>
  isGrowing(subject) || (isDenied(subject) && subject.of.eventually !== undefined);

/** Only what is seen in one go waits for one another. */
async function observeEach<T>(
  target: Target<T>,
  startedAt: number,
  signal: AbortSignal,
  options: ObserveOptions<T>,
): Promise<readonly Observation<T>[]> {
  const wayOf = ({ of }: Subject) => target.lookers.find(looker => looker.sees(of));
  const groups = [...Map.groupBy(target.subjects, wayOf)].flatMap(([looker, subjects]) =>
    looker?.isTogether ? [subjects] : subjects.map(one => [one]),
  );
  const all = await Promise.all(
    groups.map(subjects => observeTogether({ ...target, subjects }, startedAt, signal, options)),
  );
  return all.flat();
}
