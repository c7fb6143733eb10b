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

/**
 * What must not be so could begin to, and there could be more of what grows: it counts only when all else was so before. Mostly
 * all else is so at the first look, and then that look tells of both.
 */
async function observeOne<T>(
  target: Target<T>,
  signal: AbortSignal,
  options: ObserveOptions<T>,
): Promise<readonly Observation<T>[]> {
  const { onObserved = () => {} } = options;
  const [late, claimed] = [target.subjects.filter(isLate), target.subjects.filter(subject => !isLate(subject))];
  const along = new Set(late.filter(({ of }) => of.eventually === undefined));
  const held: Observation<T>[] = [];
  const hear = (one: Observation<T>): void => void (along.has(one.subject) ? held.push(one) : onObserved(one));
  const look = (subjects: readonly Subject[], heard = onObserved) =>
    observeEach({ ...target, subjects }, performance.now(), signal, { ...options, onObserved: heard });

  const seen = await look([...claimed, ...along], hear);
  const sure = seen.filter(one => !along.has(one.subject));
  if (sure.some(({ looks }) => looks > 1)) return [...sure, ...(await look(late))];
  held.forEach(onObserved);
  return [...seen, ...(await look(late.filter(subject => !along.has(subject))))];
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
