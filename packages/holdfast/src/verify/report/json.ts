import { isKept, type Outcome, resultsIn, totalsOf } from '../outcome.ts';
import type { ReportOutput } from './json-format.ts';
import { spellPlace } from './text/place.ts';

/** What a machine reads; `json-format.ts` has its schema. Pure. */
export const json = (outcome: Outcome, root: string): readonly string[] =>
  JSON.stringify(toReport(outcome, root), null, 2).split('\n');

export function toReport(outcome: Outcome, root: string): ReportOutput {
  const { targets, ...run } = outcome;
  return {
    format: 1,
    ...run,
    kept: isKept(outcome),
    totals: totalsOf(resultsIn(outcome)),
    targets: targets.map(target => ({
      ...target,
      checks: target.checks.map(check => ({ ...check, at: spellPlace(check.at, root) })),
    })),
  };
}
