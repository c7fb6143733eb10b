import { type Duration, spellDuration, toMilliseconds } from '../../../kit/duration.ts';
import type { LatencyFacts } from '../facts/network.ts';
import type { Matcher } from '../matcher.ts';
import { time } from '../words/given.ts';

/** The smallest sample that so many percent are no slower than. */
const percentile = (samples: readonly number[], percent: number): number =>
  samples[Math.max(0, Math.ceil((samples.length * percent) / 100) - 1)] ?? Number.POSITIVE_INFINITY;

const below = (percent: number, says: string): Matcher<LatencyFacts, [limit: Duration]> => ({
  says: limit => `is below ${limit}${says}`,
  takes: [time],
  holds: ({ samples }, limit) => percentile(samples, percent) < toMilliseconds(limit),
  found: ({ samples }) => `${spellDuration(percentile(samples, percent))}, of ${samples.length} measured`,
});

/** What can be said of how long an answer takes. */
export const latencyMatchers = {
  /** Each answer takes less. */
  isBelow: below(100, ' each time'),
  /** 95 of 100 take less. */
  isMostlyBelow: below(95, ' in 95 of 100 cases'),
  /** Half of them take less. */
  hasMedianBelow: below(50, ' at the median'),
};
