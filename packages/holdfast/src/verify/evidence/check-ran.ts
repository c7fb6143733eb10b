import type { CheckRan, DeclarationChecked, Footing } from '../../journal/evidence.ts';
import { address } from '../../model/address.ts';
import { type CheckOutcome, isMissed, type Missed, type Outcome, type Result } from '../outcome.ts';
import type { Ground } from './footing.ts';

/** A journal is kept for years: of many failures the first few tell what was wrong. */
export const mostFailures = 5;
const longestFailure = 300;

type Ran = Omit<CheckRan, 'check'>;

/**
 * What the journal keeps of one run of a check. One that was skipped as a whole, or that nobody could look at, is no
 * evidence: undefined. What is waived lets a check pass, as it does everywhere.
 */
export function ranAs(results: readonly Result[], on: Footing): Ran | undefined {
  const looked = results.filter(({ status }) => status !== 'skipped');
  if (looked.every(({ status }) => status === 'unknown')) return undefined;
  const missed = looked.filter(isMissed);
  return {
    passed: missed.length === 0,
    sentences: looked.length,
    failed: missed.slice(0, mostFailures).map(spellMissed),
    on,
    milliseconds: Math.round(looked.reduce((sum, { milliseconds }) => sum + milliseconds, 0)),
  };
}

/** The evidence of a whole run: one for each declared check that was done. */
export const evidenceIn = ({ targets }: Outcome, ground: Ground): readonly CheckRan[] =>
  targets
    .flatMap(({ checks }) => checks)
    .filter(check => !isDerived(check))
    .flatMap(({ name, results }) => {
      const check = address('check', name);
      const ran = ranAs(results, ground.of(check));
      return ran ? [{ check, ...ran }] : [];
    });

/** One for each resource of which what follows from its declaration was looked at. */
export const declarationsIn = ({ targets }: Outcome, ground: Ground): readonly DeclarationChecked[] =>
  targets.flatMap(({ address: of, checks }) => {
    const ran = ranAs(
      checks.filter(isDerived).flatMap(({ results }) => results),
      ground.of(of),
    );
    return ran ? [{ of, ...ran }] : [];
  });

const isDerived = ({ results }: CheckOutcome): boolean => results.some(({ derived }) => derived);

function spellMissed({ sentence, found }: Missed): string {
  const text = `${sentence}: ${found}`;
  return text.length <= longestFailure ? text : `${text.slice(0, longestFailure - 1)}…`;
}
