import type { CheckRan, Footing } from '../../journal/evidence.ts';
import { type Address, address } from '../../model/address.ts';
import { isMissed, type Missed, type Outcome, type Result } from '../outcome.ts';
import type { Ground } from './footing.ts';

/** A journal is kept for years: of many failures the first few tell what was wrong. */
export const mostFailures = 5;
const longestFailure = 300;

/**
 * What the journal keeps of one run of a check. One that was skipped as a whole, or that nobody could look at, is no evidence: undefined. What is waived
 * lets a check pass, as it does everywhere.
 */
export function checkRan(check: Address, results: readonly Result[], on: Footing): CheckRan | undefined {
  const looked = results.filter(({ status }) => status !== 'skipped');
  if (looked.every(({ status }) => status === 'unknown')) return undefined;
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

/** The evidence of a whole run: one for each declared check that was done. What is derived is nobody's check. */
export const evidenceIn = ({ targets }: Outcome, ground: Ground): readonly CheckRan[] =>
  targets
    .flatMap(({ checks }) => checks)
    .filter(({ results }) => !results.some(({ derived }) => derived))
    .flatMap(({ name, results }) => {
      const check = address('check', name);
      return checkRan(check, results, ground.ofCheck(check)) ?? [];
    });

function spellMissed({ sentence, found }: Missed): string {
  const text = `${sentence}: ${found}`;
  return text.length <= longestFailure ? text : `${text.slice(0, longestFailure - 1)}…`;
}
