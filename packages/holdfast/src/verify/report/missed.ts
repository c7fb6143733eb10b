import { wrapped } from '../../kit/layout.ts';
import { type Missed, missedIn, type Outcome, type Placed } from '../outcome.ts';
import type { Page } from './documentation.ts';
import { printable, printableLines } from './text/printable.ts';
import { detailsOf } from './text/words.ts';

/** What is not as said, one by one and in full. */
export function missedLines(outcome: Outcome, page: Page): readonly string[] {
  const missed = missedIn(outcome);
  if (missed.length === 0) return [];
  const { red, bold } = page.paint;
  return [
    '',
    red(bold('What does not hold')),
    ...missed.flatMap((placed, at) => ['', ...oneInFull(placed, at + 1, page)]),
  ];
}

function oneInFull(placed: Placed<Missed>, number: number, { paint, width, root }: Page): readonly string[] {
  const { target, result } = placed;
  const head = `${printable(target.title)}: ${printable(result.sentence)}`;
  return [
    ...wrapped(`${String(number).padStart(2)} `, paint.bold(head), width),
    ...detailsOf(placed, root).flatMap(([word, text]) =>
      wrapped(`   ${paint.dim(word.padEnd(8))}  `, printableLines(text).join('\n'), width),
    ),
    ...(result.evidence ?? []).flatMap(printableLines).flatMap(line => wrapped(`   ${paint.dim('│')} `, line, width)),
  ];
}
