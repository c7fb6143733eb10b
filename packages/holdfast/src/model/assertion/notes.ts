import { canonical } from '../../kit/json.ts';
import { report } from '../declaration/wrong.ts';
import type { AssertionSpec, SubjectSpec } from '../spec/check-spec.ts';
import { sentenceOf } from './judge.ts';
import { spellSubject } from './subject.ts';

/** Where assertions are written down while a check is declared. */
export interface Notes {
  readonly assertions: AssertionSpec[];
  /** Each subject, where it was named, and what can be said of it. */
  readonly named: Map<SubjectSpec, { readonly at: string; readonly phrases: readonly string[] }>;
  /** Those of which something was said, right or wrong. */
  readonly spoken: Set<SubjectSpec>;
  /** Whether each thing that was said was denied. */
  readonly said: Map<string, boolean>;
  /** Whether a subject was named wrongly, which was told already. */
  refused: boolean;
  /** Whether nothing is written down: the subject was refused, and what is said of it is only looked at. */
  readonly deaf: boolean;
}

export const emptyNotes = (deaf = false): Notes => ({
  assertions: [],
  named: new Map(),
  spoken: new Set(),
  said: new Map(),
  refused: false,
  deaf,
});

/** Tells of subjects of which nothing was said: that could not fail. */
export function refuseUnsaid({ named, spoken }: Notes): void {
  for (const [of, { at, phrases }] of [...named].filter(([of]) => !spoken.has(of)))
    report({
      what: `nothing is said of ${spellSubject(of)}`,
      where: at,
      why: 'a check that asserts nothing can never fail, and would pass for a proof',
      fix: `say what must be so: .${phrases.join('(…), .')}(…)`,
    });
}

/** Tells of what was said before, or denied; whether it was. */
export function refuseRepeated(assertion: AssertionSpec, { said }: Notes, where: () => string): boolean {
  const key = keyOf(assertion);
  const before = said.get(key);
  if (before === undefined) said.set(key, assertion.negated);
  else report({ where: where(), ...(before === assertion.negated ? twice(assertion) : contradiction(assertion)) });
  return before !== undefined;
}

/** Equal for two assertions that say the same, or the opposite, however long each may take. */
export function keyOf({ of, ...assertion }: AssertionSpec): string {
  const { eventually: _, ...bare } = of;
  const words = sentenceOf({ ...assertion, of: bare as SubjectSpec, negated: false });
  return `${canonical(bare)} ${words}`;
}

const twice = (assertion: AssertionSpec) => ({
  what: `it is said twice that ${sentenceOf(assertion)}`,
  why: 'the second time adds nothing, and stands where something else may have been meant',
  fix: 'remove it, or say what was meant',
});

const contradiction = (assertion: AssertionSpec) => ({
  what: `it is said that ${sentenceOf(assertion)}, and the opposite too`,
  why: 'one of the two fails whatever there is: the check could never pass',
  fix: 'remove the one that is wrong',
});
