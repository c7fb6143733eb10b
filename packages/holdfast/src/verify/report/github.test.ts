import { error, warning } from '@actions/core';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { missedIn, type Outcome, placedIn } from '../outcome.ts';
import { github } from './github.ts';
import { outcomes } from './testing/outcomes.ts';
import { root, shop } from './testing/shop.ts';
import { placeOf } from './text/place.ts';
import { printable, printableLines } from './text/printable.ts';
import { detailLines, unprovenInWords, waiverInWords } from './text/words.ts';

afterEach(() => void vi.restoreAllMocks());

/** What GitHub's own package writes. */
function written(say: () => void): readonly string[] {
  const lines: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation(text => lines.push(String(text)) > 0);
  say();
  spy.mockRestore();
  return lines.join('').split('\n').slice(0, -1);
}

/** The order of properties says nothing. */
function unordered(line: string): unknown {
  const [, kind, properties = '', message] = /^::(\w+) (.*?)::(.*)$/s.exec(line) ?? [];
  return { kind, properties: properties.split(',').sort(), message };
}

const lines = (given: readonly string[]): string => given.flatMap(printableLines).join('\n');

/** The same, said with GitHub's own package. */
function byGithub(outcome: Outcome): void {
  const { interrupted } = outcome;
  if (interrupted !== undefined) error(lines([interrupted]), { title: 'the run was interrupted' });
  for (const placed of missedIn(outcome))
    error(lines([placed.result.sentence, ...detailLines(placed, root)]), about(placed));
  for (const placed of placedIn(outcome)) {
    const { result } = placed;
    if (result.status === 'waived')
      warning(lines([waiverInWords(result.waiver), `found: ${result.found}`]), about(placed));
    if (result.proved === 'unproven') warning(unprovenInWords({}), about(placed));
  }
}

function about({ target, check, result }: ReturnType<typeof placedIn>[number]) {
  const place = placeOf(check.at, root);
  const title = printable(`${target.address}: ${result.sentence}`);
  return { title, ...(place && { file: printable(place.file), startLine: place.line, startColumn: place.column }) };
}

describe('annotations for GitHub', () => {
  test('stand beside the line that says it, errors first', () => {
    expect(github(shop, root).map(line => line.replace(/::(?!error|warning).*/, ''))).toEqual([
      '::error file=system.ts,line=31,col=3,title=service/web%3A /app is read-only for all but root',
      '::error file=system.ts,line=36,col=3,title=service/db%3A `SELECT 1` answers 1',
      '::warning file=system.ts,line=31,col=3,title=service/web%3A /app/vendor is read-only for all but root',
      '::warning file=system.ts,line=18,col=15,title=service/web%3A nothing listens that is not declared',
    ]);
  });

  test('a run that was interrupted is an error', () => {
    expect(github({ ...shop, targets: [], interrupted: '100 %\nby hand' }, root)).toEqual([
      '::error title=the run was interrupted::100 %25%0Aby hand',
    ]);
  });

  test('are what GitHub’s own package writes, whatever the texts are', () => {
    fc.assert(
      fc.property(outcomes, outcome => {
        const theirs = written(() => byGithub(outcome));
        expect(github(outcome, root).map(unordered)).toEqual(theirs.map(unordered));
      }),
      { numRuns: 300 },
    );
  });
});
