import { Cron } from 'croner';
import { isDuration, toMilliseconds } from './duration.ts';

/** The shortest time between two slots, in milliseconds. */
const shortest = 10_000;
/** A library of cron takes a date as well, which comes once. */
const pattern = /^(@\w+|\S+( +\S+){4})$/;
/** Any time will do to see whether a pattern has a slot at all. */
const someTime = Date.UTC(2000, 0, 1);

/**
 * Whether it says when something is done again and again: a duration of 10 s or more, counted from the beginning of 1970, so
 * that its slots are the same wherever they are reckoned; or a pattern of cron of five parts, or `@daily` and the like, in UTC.
 */
export function isEvery(text: string): boolean {
  if (isDuration(text)) return toMilliseconds(text) >= shortest;
  if (!pattern.test(text)) return false;
  try {
    return nextSlot(text, someTime) !== undefined;
  } catch {
    return false;
  }
}

/** The first slot after a time, both in milliseconds since 1970. Undefined for a pattern that has none. */
export function nextSlot(every: string, after: number): number | undefined {
  if (!isDuration(every)) return cron(every).nextRun(new Date(after))?.getTime();
  const length = toMilliseconds(every);
  return (Math.floor(after / length) + 1) * length;
}

/** A pattern, in UTC: no slot is lost or had twice in a summer time. */
export const cron = (every: string): Cron => new Cron(every, { timezone: 'UTC', mode: '5-part', paused: true });

/** For people: `every 15m`, `at 30 3 * * * (UTC)`, `@daily (UTC)`. */
export const spellEvery = (every: string): string => {
  if (isDuration(every)) return `every ${every}`;
  return every.startsWith('@') ? `${every} (UTC)` : `at ${every} (UTC)`;
};
