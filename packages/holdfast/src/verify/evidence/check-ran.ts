import type { CheckRan, Footing } from '../../journal/evidence.ts';
import type { Address } from '../../model/address.ts';
import { isMissed, type Missed, type Result } from '../outcome.ts';

/** A journal is kept for years: of many failures the first few tell what was wrong. */
const mostFailures = 5;
const longestFailure = 300;

/**
 * What the journal keeps of one run of a check. One that was skipped as a whole is no evidence: undefined. What is waived
 * lets a check pass, as it does everywhere.
 */
export function checkRan(check: Address, results: readonly Result[], on: Footing): CheckRan | undefined {
  const looked = results.filter(({ status }) => status !== 'skipped');
  const missed = looked.filter(isMissed);
  if (looked.length === 0) return undefined;
  return {
    check,
    passed: missed.length === 0,
    sentences: looked.length,
    failed: missed.slice(0, mostFailures).map(spellMissed),
    on,
    milliseconds: Math.round(looked.reduce((sum, { milliseconds }) => sum + milliseconds, 0)),
  };
}

function spellMissed({ sentence, found }: Missed): string {
  const text = `${sentence}: ${found}`;
  return text.length <= longestFailure ? text : `${text.slice(0, longestFailure - 1)}…`;
}
