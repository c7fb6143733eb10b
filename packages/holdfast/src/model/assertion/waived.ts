import { isOver } from '../../kit/day.ts';
import type { CheckSpec, WaiverSpec } from '../spec/check-spec.ts';

/** The waiver of a sentence that a check says, its own before that of the whole check; expired or not. */
export const waiverOf = ({ waivers = [] }: Pick<CheckSpec, 'waivers'>, sentence: string): WaiverSpec | undefined =>
  waivers.find(one => one.sentence === sentence) ?? waivers.find(one => one.sentence === undefined);

/** Whether its last day is over, in UTC. */
export const hasExpired = ({ until }: WaiverSpec, now: number): boolean => isOver(until, now);
