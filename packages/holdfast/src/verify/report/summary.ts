import { spellDuration } from '../../kit/duration.ts';
import {
  isKept,
  type Missed,
  missedIn,
  type Outcome,
  type Placed,
  placedIn,
  type Result,
  type TargetOutcome,
} from '../outcome.ts';
import { printable, printableLines } from './text/printable.ts';
import { detailLines, signs, totalsInWords, unprovenInWords, waiverInWords } from './text/words.ts';

/** GitHub refuses a summary of more than 1 MiB as a whole: what would not fit is left out, and that is said. */
const room = 1_000_000;

/** As many are told in full; the annotations have all of them. */
const inFull = 20;

/** Markdown for the page of a run: what does not hold in full, what is let off, then all. Pure. */
export function summary(outcome: Outcome, root: string): readonly string[] {
  const missed = missedIn(outcome);
  const head = [headOf(outcome), '', `${totalsInWords(outcome)} (${spellDuration(outcome.milliseconds)})`];
  const told = missed.slice(0, inFull).flatMap(placed => ['', ...oneInFull(placed, root)]);
  const more = missed.length > inFull ? ['', `… and ${missed.length - inFull} more that do not hold`] : [];
  const rest = [...remarksOf(outcome), ...allOf(outcome)];
  const start = [...head, ...told, ...more];
  return fits([...start, ...rest]) ? [...start, ...rest] : [...head, '', 'What was found is too long for this page.'];
}

const fits = (lines: readonly string[]): boolean => Buffer.byteLength(lines.join('\n')) < room;

function headOf(outcome: Outcome): string {
  const { system, environment, interrupted } = outcome;
  const cut = interrupted === undefined ? '' : `, interrupted: ${marked(interrupted)}`;
  return `### ${isKept(outcome) ? signs.passed : signs.failed} ${marked(system)} · ${marked(environment)}${cut}`;
}

const oneInFull = (placed: Placed<Missed>, root: string): readonly string[] => [
  `#### ${signs[placed.result.status]} ${marked(placed.target.title)}: ${marked(placed.result.sentence)}`,
  '',
  '<pre>',
  ...detailLines(placed, root).flatMap(printableLines).map(inPre),
  '</pre>',
];

function remarksOf(outcome: Outcome): readonly string[] {
  const remarks = placedIn(outcome).flatMap(({ target, result }) => {
    const words = remarkOn(result);
    return words === undefined ? [] : [`- ${marked(target.title)}: ${marked(result.sentence)}: ${marked(words)}`];
  });
  return remarks.length === 0 ? [] : ['', '#### Let off or unproven', '', ...remarks];
}

function remarkOn(result: Result): string | undefined {
  if (result.status === 'waived') return waiverInWords(result.waiver);
  return result.proved === 'unproven' ? unprovenInWords(result) : undefined;
}

const allOf = ({ targets }: Outcome): readonly string[] =>
  targets.length === 0
    ? []
    : ['', '<details><summary>All sentences</summary>', '', ...targets.flatMap(sentencesOf), '</details>'];

const sentencesOf = ({ title, checks }: TargetOutcome): readonly string[] => [
  `- **${marked(title)}**`,
  ...checks.flatMap(({ results }) => results.map(({ status, sentence }) => `  - ${signs[status]} ${marked(sentence)}`)),
  '',
];

/** A text that Markdown takes for nothing but a text. */
const marked = (text: string): string =>
  printable(text).replaceAll(/[\\`*_[\]<>&#|~$!:@]/g, char => `&#${char.charCodeAt(0)};`);

const inPre = (line: string): string => line.replaceAll(/[&<>]/g, char => `&#${char.charCodeAt(0)};`);
