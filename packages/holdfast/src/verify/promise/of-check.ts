import type { Fact } from '../../journal/fact.ts';
import type { Address } from '../../model/address.ts';
import type { Known } from '../../model/resource.ts';
import { changesBetween } from '../evidence/changes.ts';
import { aged, goodUntil } from './age.ts';
import { evidenceOf, type Reason } from './reason.ts';
import { factsOf, type Surroundings } from './surroundings.ts';

/**
 * What the newest run of a check says of what runs. A run on something else says nothing of it, good or bad. A failure
 * does not heal by age: what was seen broken is broken until it is seen to hold.
 */
export function ofCheck(check: Address, { spec }: Known<'promise'>, around: Surroundings): Reason {
  const part = { is: 'check', check } as const;
  const fresh = { verb: 'check', of: check } as const;
  const newest = factsOf(check, around.runs, around).at(-1);
  if (!newest) return { part, status: 'unproven', because: { why: 'never' }, fresh };
  const evidence = evidenceOf(newest, newest.payload.on);
  const changes = changesBetween(newest.payload.on, around.ground.of(check), around.names);
  if (changes.length > 0) return { part, status: 'stale', because: { why: 'changed', changes }, evidence, fresh };
  if (!newest.payload.passed) return { part, status: 'broken', because: failure(newest), evidence, fresh };
  const because = aged(newest.at, spec.rehearsed, around.now);
  if (because) return { part, status: 'stale', because, evidence, fresh };
  const { sentences } = newest.payload;
  return {
    part,
    status: 'kept',
    because: { why: 'passed', sentences },
    evidence,
    ...goodUntil(newest.at, spec.rehearsed),
  };
}

const failure = ({ payload: { sentences, failed } }: Fact<'check.ran'>) =>
  ({ why: 'failed', sentences, failed }) as const;
