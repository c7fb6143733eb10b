import type { CheckRan, DeclarationChecked, Footing, SkippedSentence, WaivedSentence } from '../../journal/evidence.ts';
import { address } from '../../model/address.ts';
import {
  type CheckOutcome,
  isMissed,
  type Missed,
  type Outcome,
  type Result,
  type Skipped,
  type Waived,
} from '../outcome.ts';
import type { Ground } from './footing.ts';

/** A journal is kept for years: of many failures the first few tell what was wrong. */
export const mostFailures = 5;
/** What is waived was declared one by one, so that it is rarely more. */
export const mostLeft = 20;
const longest = 300;

type Ran = Omit<CheckRan, 'check'>;

/**
 * What the journal keeps of one run of a check. One that was skipped as a whole, or that nobody could look at, is no
 * evidence: undefined. What is waived lets a check pass, as it does everywhere, and is told as what it is.
 */
export function ranAs(results: readonly Result[], on: Footing): Ran | undefined {
  const looked = results.filter(({ status }) => status !== 'skipped');
  if (looked.every(({ status }) => status === 'unknown')) return undefined;
  const missed = looked.filter(isMissed);
  const told = missed.slice(0, mostFailures);
  return {
    passed: missed.length === 0,
    sentences: looked.length,
    failed: told.map(spellMissed),
    ...filled({
      unknown: told.filter(({ status }) => status === 'unknown').map(({ sentence }) => shortened(sentence)),
      waived: results.filter(isWaived).slice(0, mostLeft).map(waivedSentence),
      skipped: results.filter(isSkipped).slice(0, mostLeft).map(skippedSentence),
    }),
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

const isWaived = (result: Result): result is Waived => result.status === 'waived';
const isSkipped = (result: Result): result is Skipped => result.status === 'skipped';

/** Without the lists that have nothing in them. */
const filled = <L extends Readonly<Record<string, readonly unknown[]>>>(lists: L): Partial<L> =>
  Object.fromEntries(Object.entries(lists).filter(([, { length }]) => length > 0)) as Partial<L>;

const waivedSentence = ({ sentence, found, waiver: { owner, because, until } }: Waived): WaivedSentence => ({
  sentence: shortened(sentence),
  found: shortened(found),
  owner,
  because: shortened(because),
  until,
});

const skippedSentence = ({ sentence, why }: Skipped): SkippedSentence => ({
  sentence: shortened(sentence),
  why: shortened(why),
});

const spellMissed = ({ sentence, found }: Missed): string => shortened(`${sentence}: ${found}`);

/** As a fact has it. */
export const shortened = (text: string): string => (text.length <= longest ? text : `${text.slice(0, longest - 1)}…`);

/** What was found, where a failure is of a sentence: the words after it. Undefined where it is of another. */
export function foundIn(failure: string, sentence: string): string | undefined {
  const begins = `${sentence}: `.slice(0, longest - 1);
  return failure.startsWith(begins) ? failure.slice(begins.length) : undefined;
}
