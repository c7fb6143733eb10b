import { type Size, spellSize } from '../../../kit/size.ts';
import type { DiskFacts } from '../facts/files.ts';
import type { Matcher } from '../matcher.ts';
import { bytesOf, type Percent, percent, sizeOrPercent } from '../words/given.ts';

const hasFree: Matcher<DiskFacts, [amount: Size | Percent]> = {
  says: amount => `has at least ${amount} free`,
  takes: [sizeOrPercent],
  holds: ({ free, total }, amount) => free >= bytesOf(amount, total),
  found: ({ free, total }) => `${spellSize(free)} of ${spellSize(total)} free`,
};

const hasFreeInodes: Matcher<DiskFacts, [share: Percent]> = {
  says: amount => `has at least ${amount} of its inodes free`,
  takes: [percent],
  holds: ({ inodes }, amount) => !!inodes && inodes.free >= bytesOf(amount, inodes.total),
  found: ({ inodes }) => `${inodes?.free} of ${inodes?.total} inodes free`,
  reads: 'inodes',
};

/** What can be said of the space that a path is on. */
export const diskMatchers = {
  /** As in `'1GB'` or `'10%'`. */
  hasFree,
  /** As in `'10%'`. */
  hasFreeInodes,
};
