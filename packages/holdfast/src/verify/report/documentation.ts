import { spellDuration } from '../../kit/duration.ts';
import { plural, wrapped } from '../../kit/layout.ts';
import { type CheckOutcome, isKept, isMissed, type Outcome, type Result, type Status } from '../outcome.ts';
import { missedLines } from './missed.ts';
import type { Paint } from './paint.ts';
import { spellPlace } from './text/place.ts';
import { printable } from './text/printable.ts';
import { signs, tiersInWords, totalsInWords, unprovenInWords, waiverInWords } from './text/words.ts';

export interface Page {
  readonly paint: Paint;
  /** Columns; without end where nobody reads along. */
  readonly width: number;
  /** The folder that places are told from. */
  readonly root: string;
  /** Whether what follows from the declaration, and is so, is told by its number alone. Default: sentence by sentence. */
  readonly brief?: boolean;
}

/** What the system is known to be, as sentences for a person, and in full what is not so. Pure. */
export function documentation(outcome: Outcome, page: Page): readonly string[] {
  const { bold, dim } = page.paint;
  return [
    headLine(outcome, page.paint),
    ...outcome.targets.flatMap(({ address, title, checks }) => [
      '',
      ...wrapped('', `${bold(printable(title))}  ${dim(printable(address))}`, page.width),
      ...checks.flatMap(check => checkLines(check, page)),
    ]),
    ...missedLines(outcome, page),
    '',
    ...endLines(outcome, page),
  ];
}

function headLine({ system, environment, release }: Outcome, { bold, dim }: Paint): string {
  const names = [bold(printable(system)), bold(printable(environment))];
  return [...names, ...(release === undefined ? [] : [dim(printable(release))])].join(` ${dim('·')} `);
}

function checkLines({ name, at, results }: CheckOutcome, page: Page): readonly string[] {
  const { dim } = page.paint;
  // What is seen together took the same time, once.
  const took = Math.max(0, ...results.map(({ milliseconds }) => milliseconds));
  const about = dim(`${printable(spellPlace(at, page.root))}, ${spellDuration(took)}`);
  return [
    ...wrapped('  ', `${printable(name)}  ${about}`, page.width),
    ...results.filter(result => !isFolded(result, page)).flatMap(result => sentenceLines(result, page)),
    ...foldedLines(
      results.filter(result => isFolded(result, page)),
      page,
    ),
  ];
}

const isFolded = ({ derived, status }: Result, { brief }: Page): boolean =>
  brief === true && derived === true && status === 'passed';

const foldedLines = ({ length }: readonly Result[], { paint }: Page): readonly string[] =>
  length === 0
    ? []
    : [`    ${paint.green(signs.passed)} ${paint.dim(`${plural(length, 'sentence')} of what is declared`)}`];

function sentenceLines(result: Result, { paint, width }: Page): readonly string[] {
  const lead = `    ${dyeOf(result.status, paint)(signs[result.status])} `;
  const notes = notesOn(result);
  const said = isMissed(result) ? paint.red(printable(result.sentence)) : printable(result.sentence);
  return [
    ...wrapped(lead, [said, ...(notes.length > 0 ? [paint.dim(`(${notes.join(', ')})`)] : [])].join(' '), width),
    ...remarksOn(result).flatMap(remark => wrapped('      ', paint.yellow(remark), width)),
  ];
}

const dyeOf = (status: Status, { red, green, yellow, dim }: Paint): ((text: string) => string) =>
  ({ passed: green, failed: red, unknown: red, waived: yellow, skipped: dim })[status];

/** What took less is no news. */
const slow = 100;

function notesOn({ status, derived, readyAfter, milliseconds }: Result): readonly string[] {
  return [
    ...(status === 'unknown' ? ['nobody could look'] : []),
    ...(derived ? ['as declared'] : []),
    ...(readyAfter !== undefined ? [`ready after ${spellDuration(readyAfter)}`] : []),
    ...(readyAfter === undefined && milliseconds >= slow ? [spellDuration(milliseconds)] : []),
  ];
}

const remarksOn = (result: Result): readonly string[] => [
  ...(result.status === 'skipped' ? [`skipped: ${printable(result.why)}`] : []),
  ...(result.waiver && result.status !== 'skipped' ? [waiverOn(result.status, result.waiver)] : []),
  ...(result.proved === 'unproven' ? [unprovenInWords(result)] : []),
];

const waiverOn = (status: Status, waiver: NonNullable<Result['waiver']>): string =>
  status === 'passed' ? `no longer needs the waiver of ${printable(waiver.owner)}` : waiverInWords(waiver);

function endLines(outcome: Outcome, { paint, width }: Page): readonly string[] {
  const { interrupted, milliseconds } = outcome;
  const dye = isKept(outcome) ? paint.green : paint.red;
  return [
    ...(interrupted === undefined ? [] : wrapped('', paint.red(`interrupted: ${printable(interrupted)}`), width)),
    ...wrapped('', `${dye(totalsInWords(outcome))} ${paint.dim(`(${spellDuration(milliseconds)})`)}`, width),
    ...wrapped('', paint.dim(tiersInWords(outcome)), width).filter(line => line !== ''),
  ];
}
