import { sentenceOf } from '../assertion/judge.ts';
import { keyOf } from '../assertion/notes.ts';
import { subject } from '../declaration/handle.ts';
import { isKnown } from '../resource.ts';
import type { AssertionSpec } from '../spec/check-spec.ts';
import type { Check } from './across.ts';

interface Said {
  readonly check: string;
  readonly assertion: AssertionSpec;
  readonly at?: string;
}

/** Two checks of one target that say opposite things. (That one says them both is told where it does.) */
export const contradictions: Check = ({ resources }) => {
  const said = new Map<string, Said>();
  return resources.filter(isKnown('check')).flatMap(({ name, at, spec }) =>
    spec.assertions.flatMap(assertion => {
      const key = `${spec.target} ${keyOf(assertion)}`;
      const before = said.get(key);
      if (!before) said.set(key, { check: name, assertion, ...(at && { at }) });
      return before && before.assertion.negated !== assertion.negated ? [opposite(before, name, assertion, at)] : [];
    }),
  );
};

const opposite = (before: Said, name: string, assertion: AssertionSpec, at: string | undefined) => ({
  what: `${subject('check', name)} says that ${sentenceOf(assertion)}, and ${subject('check', before.check)} the opposite`,
  ...(at && { where: at }),
  why: `both are of one target, and one of the two fails whatever there is${before.at ? `; the other is at ${before.at}` : ''}`,
  fix: 'remove the one that is wrong',
});
