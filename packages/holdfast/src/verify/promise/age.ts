import { iso } from '../../kit/clock.ts';
import type { Rehearsal } from '../../model/spec/promise-spec.ts';
import type { Because } from './reason.ts';

const day = 86_400_000;

/** How old evidence may be: a month and a quarter are as long as the longest of them. */
const ages: Readonly<Record<Rehearsal, number>> = {
  daily: day,
  weekly: 7 * day,
  monthly: 31 * day,
  quarterly: 92 * day,
  yearly: 366 * day,
};

/** That something is older than it may be; undefined where it is not, or where it may be of any age. */
export function aged(at: string, rehearsed: Rehearsal | undefined, now: number): Because | undefined {
  const age = now - Date.parse(at);
  const allowed = rehearsed && ages[rehearsed];
  return allowed === undefined || age <= allowed ? undefined : { why: 'aged', age, allowed };
}

/** Until when it may be relied on. */
export const goodUntil = (at: string, rehearsed: Rehearsal | undefined): { until?: string } =>
  rehearsed ? { until: iso(Date.parse(at) + ages[rehearsed]) } : {};
