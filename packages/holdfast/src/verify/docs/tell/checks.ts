import type { WaivedSentence } from '../../../journal/evidence.ts';
import { isOver } from '../../../kit/day.ts';
import { type Address, address } from '../../../model/address.ts';
import { sentenceOf } from '../../../model/assertion/judge.ts';
import { hasExpired } from '../../../model/assertion/waived.ts';
import { addressOf, type Known } from '../../../model/resource.ts';
import type { AssertionSpec } from '../../../model/spec/check-spec.ts';
import { foundIn, mostFailures, mostLeft, shortened } from '../../evidence/check-ran.ts';
import { type CheckWaiver, waiversIn } from '../../promise/waivers.ts';
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
        ...sentenceCells(assertion, around.runs.get(addressOf(check)), around),
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
      sentenceCells(assertion, around.runs.get(target), around),
    ),
  },
});

function sentenceCells(assertion: AssertionSpec, run: Run | undefined, around: Around): readonly Line[] {
  const sentence = sentenceOf(assertion);
  if (!run) return [sentenceLine(sentence), ['never looked at'], []];
  return [
    sentenceLine(sentence),
    [{ state: stateIn(sentence, run) ?? 'unknown' }, ...toldOf(sentence, run, around)],
    [{ time: run.at }],
  ];
}

/** What a sentence has between backticks is a command. */
const sentenceLine = (sentence: string): Line =>
  sentence.split(/`([^`]+)`/).flatMap((part, at) => (part === '' ? [] : [at % 2 === 0 ? part : { code: part }]));

/** A fact holds the first few sentences of each kind; where it holds all of them, the others passed. */
function stateIn(sentence: string, { payload: { failed, unknown = [], waived = [], skipped = [] } }: Run) {
  const name = shortened(sentence);
  if (waived.some(one => one.sentence === name)) return 'waived';
  if (skipped.some(one => one.sentence === name)) return 'skipped';
  if (unknown.includes(name)) return 'unknown';
  if (failed.some(one => foundIn(one, sentence) !== undefined)) return 'failed';
  const isWhole = failed.length < mostFailures && waived.length < mostLeft && skipped.length < mostLeft;
  return isWhole ? 'passed' : undefined;
}

/** What there is to say of it besides: what was found, who answers for that, or why nobody looked. */
function toldOf(sentence: string, { payload: { failed, waived = [], skipped = [] } }: Run, around: Around): Line {
  const name = shortened(sentence);
  const letOff = waived.find(one => one.sentence === name);
  if (letOff) return waivedLine(letOff, around);
  const left = skipped.find(one => one.sentence === name);
  if (left) return [`, not looked at: ${left.why}`];
  const [found] = failed.flatMap(one => foundIn(one, sentence) ?? []);
  return found === undefined ? [] : [`: ${found}`];
}

function waivedLine({ found, owner, because, until }: WaivedSentence, around: Around): Line {
  const end = around.now > 0 && isOver(until, around.now) ? ', which is over' : '';
  return [`: ${found}; `, link(address('team', owner), around), ` answers for it until ${until}${end}: ${because}`];
}

/** What may be otherwise for a while: who answers for it, why, and until when. */
export const waiversOf = (checks: readonly Known<'check'>[], around: Around): readonly Line[] =>
  checks.flatMap(check => waiversIn(check).map(waiver => waiverLine(waiver, around)));

export function waiverLine({ check, waiver }: CheckWaiver, around: Around): Line {
  const { sentence, owner, because, until } = waiver;
  const end = around.now > 0 && hasExpired(waiver, around.now) ? `, which is over` : '';
  return [
    ...(sentence === undefined ? ['all of'] : [{ strong: sentence }, ', of']),
    ' check ',
    link(check, around),
    ' is waived by ',
    link(owner, around),
    ` until ${until}${end}: ${because}`,
  ];
}
