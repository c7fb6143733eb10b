import type { Fact } from '../../../journal/fact.ts';
import type { Address } from '../../../model/address.ts';
import { sentenceOf } from '../../../model/assertion/judge.ts';
import { hasExpired } from '../../../model/assertion/waived.ts';
import { addressOf, type Known } from '../../../model/resource.ts';
import type { WaiverSpec } from '../../../model/spec/check-spec.ts';
import { mostFailures } from '../../evidence/check-ran.ts';
import { isMissed, type Result, type Status } from '../../outcome.ts';
import type { Line } from '../page/inline.ts';
import type { Block } from '../page/page.ts';
import { type Around, allOf, link } from './around.ts';

/** The declared checks of a target. */
export const checksOf = (target: Address, around: Around): readonly Known<'check'>[] =>
  allOf(around, 'check').filter(({ spec }) => spec.target === target);

/** Each sentence of some checks, what it came to last, and when. */
export const checkTable = (checks: readonly Known<'check'>[], around: Around): Block => ({
  table: {
    head: ['It must be so', 'Last result', 'When', 'Check'],
    rows: checks.flatMap(check =>
      check.spec.assertions.map(assertion => {
        const sentence = sentenceOf(assertion);
        return [sentenceLine(sentence), ...resultCells(sentence, check, around), [link(addressOf(check), around)]];
      }),
    ),
  },
});

/** What a sentence has between backticks is a command. */
const sentenceLine = (sentence: string): Line =>
  sentence.split(/`([^`]+)`/).flatMap((part, at) => (part === '' ? [] : [at % 2 === 0 ? part : { code: part }]));

/** By the run that knows each sentence, where it is the newest there is of the check; else by the journal's fact. */
function resultCells(sentence: string, check: Known<'check'>, around: Around): readonly Line[] {
  const fact = around.runs.get(addressOf(check));
  const whole = resultIn(sentence, check, around);
  if (whole && around.outcome && !(fact && fact.at > around.outcome.began && isLater(fact, around)))
    return [[{ state: whole.status }, ...foundIn(whole)], [{ time: around.outcome.began }]];
  if (!fact) return [['never looked at'], []];
  const state = stateIn(sentence, fact);
  return [state ? [{ state }, ...foundOf(sentence, fact)] : [{ state: 'unknown' }], [{ time: fact.at }]];
}

/** The facts of a run are written after it began, and before it ended. */
const isLater = ({ at }: Fact<'check.ran'>, { outcome }: Around): boolean =>
  outcome !== undefined && Date.parse(at) > Date.parse(outcome.began) + outcome.milliseconds + 60_000;

const resultIn = (sentence: string, { name, spec }: Known<'check'>, { outcome }: Around): Result | undefined =>
  outcome?.targets
    .filter(({ address }) => address === spec.target)
    .flatMap(({ checks }) => checks.filter(check => check.name === name))
    .flatMap(({ results }) => results)
    .find(result => result.sentence === sentence);

const foundIn = (result: Result): Line =>
  isMissed(result) || result.status === 'waived' ? [`, found: ${result.found}`] : [];

/** A fact holds the first few sentences that failed; where it holds all of them, the others passed. */
function stateIn(sentence: string, { payload: { passed, failed } }: Fact<'check.ran'>): Status | undefined {
  if (passed) return 'passed';
  if (failed.some(one => one.startsWith(sentence))) return 'failed';
  return failed.length < mostFailures ? 'passed' : undefined;
}

const foundOf = (sentence: string, { payload: { failed } }: Fact<'check.ran'>): Line => {
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

/** What follows from the declaration of a target, and was looked at in the last run. */
export const derivedOf = (target: Address, { outcome }: Around): readonly Line[] =>
  (outcome?.targets ?? [])
    .filter(({ address }) => address === target)
    .flatMap(({ checks }) => checks.flatMap(({ results }) => results))
    .filter(({ derived }) => derived)
    .map((result): Line => [{ state: result.status }, ` ${result.sentence}`, ...foundIn(result)]);
