import type { WaivedSentence } from '../../journal/evidence.ts';
import type { Fact } from '../../journal/fact.ts';
import { iso } from '../../kit/clock.ts';
import { endOf, isOver } from '../../kit/day.ts';
import type { Address } from '../../model/address.ts';
import type { Known } from '../../model/resource.ts';
import { changesBetween } from '../evidence/changes.ts';
import { aged, goodUntil } from './age.ts';
import { evidenceOf, type Reason } from './reason.ts';
import { factsOf, type Surroundings } from './surroundings.ts';

/**
 * What the newest run of a check says of what runs. A run on something else says nothing of it, good or bad. A failure
 * does not heal by age: what was seen broken is broken until it is seen to hold. So is what somebody answered for until a
 * day that is over.
 */
export function ofCheck(check: Address, { spec }: Known<'promise'>, around: Surroundings): Reason {
  const part = { is: 'check', check } as const;
  const fresh = { verb: 'check', of: check } as const;
  const newest = factsOf(check, around.runs, around).at(-1);
  if (!newest) return { part, status: 'unproven', because: { why: 'never' }, fresh };
  const evidence = evidenceOf(newest, newest.payload.on);
  const changes = changesBetween(newest.payload.on, around.ground.of(check), around.names);
  if (changes.length > 0) return { part, status: 'stale', because: { why: 'changed', changes }, evidence, fresh };
  const failure = failureIn(newest, around.now);
  if (failure) return { part, status: 'broken', because: failure, evidence, fresh };
  const because = aged(newest.at, spec.rehearsed, around.now);
  if (because) return { part, status: 'stale', because, evidence, fresh };
  const { sentences, waived } = newest.payload;
  return {
    part,
    status: 'kept',
    because: { why: 'passed', sentences, ...(waived && { waived }) },
    evidence,
    ...untilOf(newest, spec),
  };
}

function failureIn({ payload: { passed, sentences, failed, waived = [] } }: Fact<'check.ran'>, now: number) {
  const lapsed = waived.filter(({ until }) => isOver(until, now));
  if (passed && lapsed.length === 0) return undefined;
  return { why: 'failed', sentences, failed: [...failed, ...lapsed.map(spellLapsed)] } as const;
}

const spellLapsed = ({ sentence, found, owner, until }: WaivedSentence): string =>
  `${sentence}: ${found}, which ${owner} answered for until ${until}`;

/** Whatever comes first: it is older than it may be, or nobody answers any more for what was not so. */
function untilOf({ at, payload: { waived = [] } }: Fact<'check.ran'>, { rehearsed }: Known<'promise'>['spec']) {
  const { until } = goodUntil(at, rehearsed);
  const [first] = [...(until === undefined ? [] : [until]), ...waived.map(one => iso(endOf(one.until)))].sort();
  return first === undefined ? {} : { until: first };
}
