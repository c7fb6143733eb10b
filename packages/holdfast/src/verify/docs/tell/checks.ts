import type { Address } from '../../../model/address.ts';
import { sentenceOf } from '../../../model/assertion/judge.ts';
import { hasExpired } from '../../../model/assertion/waived.ts';
import { addressOf, type Known } from '../../../model/resource.ts';
import type { AssertionSpec, WaiverSpec } from '../../../model/spec/check-spec.ts';
import { mostFailures } from '../../evidence/check-ran.ts';
import type { Status } from '../../outcome.ts';
import type { Line } from '../page/inline.ts';
import type { Block } from '../page/page.ts';
import { type Around, allOf, link, type Run } from './around.ts';

/** The declared checks of a target. */
export const checksOf = (target: Address, around: Around): readonly Known<'check'>[] =>
  allOf(around, 'check').filter(({ spec }) => spec.target === target);

/** Each sentence of some checks, what it came to last, and when. */
export const checkTable = (checks: readonly Known<'check'>[], around: Around): Block => ({
  table: {
    head: ['It must be so', 'Last result', 'When', 'Check'],
    rows: checks.flatMap(check =>
      check.spec.assertions.map(assertion => [
        ...sentenceCells(assertion, around.runs.get(addressOf(check))),
        [link(addressOf(check), around)],
      ]),
    ),
  },
});

/** The same of what nobody had to say. */
export const derivedTable = (target: Address, around: Around): Block => ({
  table: {
    head: ['It must be so', 'Last result', 'When'],
    rows: (around.derived.get(target)?.spec.assertions ?? []).map(assertion =>
      sentenceCells(assertion, around.runs.get(target)),
    ),
  },
});

function sentenceCells(assertion: AssertionSpec, run: Run | undefined): readonly Line[] {
  const sentence = sentenceOf(assertion);
  if (!run) return [sentenceLine(sentence), ['never looked at'], []];
  const state = stateIn(sentence, run);
  return [
    sentenceLine(sentence),
    state ? [{ state }, ...foundOf(sentence, run)] : [{ state: 'unknown' }],
    [{ time: run.at }],
  ];
}

/** What a sentence has between backticks is a command. */
const sentenceLine = (sentence: string): Line =>
  sentence.split(/`([^`]+)`/).flatMap((part, at) => (part === '' ? [] : [at % 2 === 0 ? part : { code: part }]));

/** A fact holds the first few sentences that failed; where it holds all of them, the others passed. */
function stateIn(sentence: string, { payload: { passed, failed } }: Run): Status | undefined {
  if (passed) return 'passed';
  if (failed.some(one => one.startsWith(sentence))) return 'failed';
  return failed.length < mostFailures ? 'passed' : undefined;
}

const foundOf = (sentence: string, { payload: { failed } }: Run): Line => {
  const more = failed.find(one => one.startsWith(sentence))?.slice(sentence.length);
  return more ? [more] : [];
};

/** What may be otherwise for a while: who answers for it, why, and until when. */
export const waiversOf = (checks: readonly Known<'check'>[], around: Around): readonly Line[] =>
  checks.flatMap(({ spec: { waivers = [] } }) => waivers.map(waiver => waiverLine(waiver, around)));

function waiverLine(waiver: WaiverSpec, around: Around): Line {
  const { sentence, owner, because, until } = waiver;
  const end = around.now > 0 && hasExpired(waiver, around.now) ? `, which is over` : '';
  return [
    sentence === undefined ? 'The whole check' : { strong: sentence },
    ' is waived by ',
    link(owner, around),
    ` until ${until}${end}: ${because}`,
  ];
}
