import { isDuration, toMilliseconds } from '../../kit/duration.ts';
import { cron } from '../../kit/every.ts';

/**
 * The last time at or before `now` that `every` names, in milliseconds since 1970: a duration counts from 1970 on, and
 * what cron understands is meant in UTC. Undefined where it names none. Pure.
 */
export function slotAt(every: string, now: number): number | undefined {
  if (isDuration(every)) return now - (now % toMilliseconds(every));
  // Cron goes by whole seconds, and does not count the moment itself.
  const [last] = cron(every).previousRuns(1, new Date(now - (now % 1_000) + 1_000));
  return last?.getTime();
}

/**
 * The time for which something is to be done now: the last one that has come, if that is after `last`, for which it was
 * done or told of already. Of several that were missed it is the last alone. Pure; all in milliseconds since 1970.
 */
export function dueSlot(every: string, now: number, last: number): number | undefined {
  const slot = slotAt(every, now);
  return slot !== undefined && slot > last ? slot : undefined;
}
