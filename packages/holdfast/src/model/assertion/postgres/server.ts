import { type Duration, spellDuration, toMilliseconds } from '../../../kit/duration.ts';
import type { Json } from '../../../kit/json.ts';
import type { PostgresFacts } from '../facts/postgres.ts';
import type { Matcher } from '../matcher.ts';
import { counted, listed } from '../words/found.ts';
import { count, name, textOrPattern, time } from '../words/given.ts';
import { plainly, type TextPattern } from '../words/pattern.ts';
import { isVersion } from '../words/version.ts';

type On<A extends readonly Json[] = []> = Matcher<PostgresFacts, A>;

const takesQueries: On = {
  says: () => 'takes queries',
  holds: () => true,
  found: ({ version, isStandby: standby }) => `PostgreSQL ${version}, a ${standby ? 'standby' : 'primary'}`,
  isOfPresence: true,
};

const hasVersion: On<[version: TextPattern]> = {
  says: version => `has version ${plainly(version)}`,
  takes: [textOrPattern],
  holds: ({ version }, wanted) => isVersion(version, wanted),
  found: ({ version }) => `version ${version}`,
};

const isStandby: On = {
  says: () => 'is a standby',
  holds: facts => facts.isStandby,
  found: facts => (facts.isStandby ? 'it is a standby' : 'it is a primary'),
};

const hasLagBelow: On<[limit: Duration]> = {
  says: limit => `has a replication lag below ${limit}`,
  takes: [time],
  holds: ({ lag = Number.POSITIVE_INFINITY }, limit) => lag < toMilliseconds(limit),
  found: ({ lag }) => `a lag of ${spellDuration(lag ?? 0)}`,
  reads: 'lag',
  unread: ({ isStandby: standby }) =>
    standby
      ? 'it follows nobody, so that it does not know how far it is behind'
      : 'nobody streams from it, or its role may not see who does: it needs pg_read_all_stats',
};

const hasStandbys: On<[amount: number]> = {
  says: amount => `has ${counted(amount, 'standby')}`,
  takes: [count],
  holds: ({ standbys }, amount) => standbys.length === amount,
  found: ({ standbys }) =>
    listed(
      standbys.map(one => one.name),
      'it has none',
    ),
};

const hasSynchronousStandby: On<[standby: string]> = {
  says: standby => `has ${standby} as a synchronous standby`,
  takes: [name],
  holds: ({ standbys }, standby) => standbys.some(one => one.name === standby && one.synchronous),
  found: ({ standbys }) =>
    listed(
      standbys.map(one => `${one.name} (${one.synchronous ? 'synchronous' : 'asynchronous'})`),
      'it has none',
    ),
};

/** What can be said of a PostgreSQL server. */
export const postgresMatchers = {
  takesQueries,
  /** The whole of it, or its beginning up to a dot: `'15'`. Or a pattern. */
  hasVersion,
  isStandby,
  /** A standby behind its primary; or a primary before its slowest standby. */
  hasLagBelow,
  /** Exactly so many stream from it. */
  hasStandbys,
  /** A commit waits for this one, by its application_name. */
  hasSynchronousStandby,
};
