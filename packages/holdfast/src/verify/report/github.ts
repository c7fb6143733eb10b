import { type CheckOutcome, type Missed, missedIn, type Outcome, type Placed, placedIn } from '../outcome.ts';
import { placeOf } from './text/place.ts';
import { printable, printableLines } from './text/printable.ts';
import { detailLines, unprovenInWords, waiverInWords } from './text/words.ts';

/**
 * Commands that put what is wrong beside the line of code that says it. GitHub shows ten of each kind a step: errors
 * come first. Pure.
 */
export function github(outcome: Outcome, root: string): readonly string[] {
  const { interrupted } = outcome;
  return [
    ...(interrupted === undefined ? [] : [command('error', { title: 'the run was interrupted' }, [interrupted])]),
    ...missedIn(outcome).map(placed => errorOn(placed, root)),
    ...placedIn(outcome).flatMap(placed => warningsOn(placed, root)),
  ];
}

function errorOn(placed: Placed<Missed>, root: string): string {
  const { target, check, result } = placed;
  const title = `${target.address}: ${result.sentence}`;
  return command('error', { ...whereIs(check, root), title }, [result.sentence, ...detailLines(placed, root)]);
}

function warningsOn({ target, check, result }: Placed, root: string): readonly string[] {
  const title = `${target.address}: ${result.sentence}`;
  const warn = (...lines: readonly string[]): string => command('warning', { ...whereIs(check, root), title }, lines);
  return [
    ...(result.status === 'waived' ? [warn(waiverInWords(result.waiver), `found: ${result.found}`)] : []),
    ...(result.proved === 'unproven' ? [warn(unprovenInWords(result))] : []),
  ];
}

type Properties = Readonly<Record<string, string | number>>;

function whereIs({ at }: CheckOutcome, root: string): Properties {
  const place = placeOf(at, root);
  return place ? { file: place.file, line: place.line, col: place.column } : {};
}

function command(name: 'error' | 'warning', properties: Properties, lines: readonly string[]): string {
  const pairs = Object.entries(properties).map(([key, value]) => `${key}=${coded(printable(String(value)), /[%:,]/g)}`);
  return `::${name} ${pairs.join(',')}::${coded(lines.flatMap(printableLines).join('\n'), /[%\n]/g)}`;
}

/** What is printable has no other characters that the runner would take for its own. */
const coded = (text: string, own: RegExp): string =>
  text.replaceAll(own, char => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
