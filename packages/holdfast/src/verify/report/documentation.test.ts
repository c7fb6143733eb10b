import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import picocolors from 'picocolors';
import { describe, expect, test } from 'vitest';
import { widthOf } from '../../kit/layout.ts';
import { missedIn, type Outcome, resultsIn } from '../outcome.ts';
import { documentation } from './documentation.ts';
import { outcomes } from './testing/outcomes.ts';
import { root, shop } from './testing/shop.ts';
import { printable } from './text/printable.ts';
import { signs } from './text/words.ts';

const [plain, coloured] = [false, true].map(picocolors.createColors);

const told = (outcome: Outcome, width = 100, paint = plain): readonly string[] =>
  documentation(outcome, { paint: paint as NonNullable<typeof paint>, width, root });

const golden = `
shop · staging · r7

The web shop  service/web
  web  system.ts:31:3, 1.4s
    ✓ process node runs as app
    ✓ GET /healthz on port 8080 answers 200 (ready after 1.4s)
    ✗ /app is read-only for all but root
    ~ /app/vendor is read-only for all but root
      waived by linus@shop.example until 2026-12-31: the vendor of the payment library writes its
      cache there; mended in their 4.2
    ✓ GET /checkout on port 8080 answers 200 with a body that has an order number, a total and the
      currency (310ms)
  declared  system.ts:18:15, 3ms
    ✓ port 8080 listens (as declared)
    ✓ nothing listens that is not declared (as declared)
      never seen red: no sabotage of a copy made it fail

The database  service/db
  db  system.ts:36:3, 812ms
    ? \`SELECT 1\` answers 1 (nobody could look, 812ms)
      the waiver of ada@shop.example ran out at the end of 2026-11-22: known
    − the standby lags by less than 1s
      skipped: there is no standby in staging
    ✓ user postgres exists
      no longer needs the waiver of linus@shop.example

What does not hold

 1 The web shop: /app is read-only for all but root
   expected  is read-only for all but root
   found     others may write to /app/tmp, /app/uploads, /app/node_modules/.cache and 3 more
   at        system.ts:31:3
   why       the image was baked with a step that ends in \`chmod -R a+w /app\`
   │ drwxrwxrwx 2 app app 4096 tmp
   │ drwxrwxrwx 2 app app 4096 uploads

 2 The database: \`SELECT 1\` answers 1
   expected  answers 1
   unknown   db.1 ended (137) while it was asked
   at        system.ts:36:3
   waiver    the waiver of ada@shop.example ran out at the end of 2026-11-22: known
   │ FATAL:  the database system is starting up

10 sentences: 6 hold, 1 does not, 1 is unknown, 1 is waived, 1 was skipped (3.4s)
5 looked at through /proc, 2 from outside, 1 in a session inside, 1 in the layers of images`;

describe('documentation', () => {
  test('reads as a page about the system, and tells in full what does not hold', () => {
    expect(`\n${told(shop).join('\n')}`).toBe(golden);
  });

  test('says nothing about what fails where nothing does', () => {
    const targets = shop.targets.map(target => ({ ...target, checks: target.checks.slice(1) }));
    const well = { ...shop, targets };
    expect(told(well)).not.toContain('What does not hold');
    expect(told(well).slice(-2)).toEqual(['2 sentences: 2 hold (3.4s)', '2 looked at through /proc']);
  });

  test('says why it was interrupted, and that nothing was looked at', () => {
    const lines = told({ ...shop, targets: [], interrupted: 'Ctrl-C' });
    expect(lines.slice(-2)).toEqual(['interrupted: Ctrl-C', 'nothing was looked at (3.4s)']);
  });

  test.each([40, 60, 80])('keeps to a width of %i, but for words that are longer', width => {
    for (const line of told(shop, width))
      if (widthOf(line) > width) expect(line.trim().split(' ').length, line).toBeLessThanOrEqual(2);
  });

  test('says the same in colours', () => {
    const lines = told(shop, 100, coloured);
    expect(lines.join('\n')).not.toBe(told(shop).join('\n'));
    expect(lines.map(stripVTControlCharacters)).toEqual(told(shop));
  });

  test('each sentence is there with its sign, and nothing that a terminal would obey, whatever the texts are', () => {
    fc.assert(
      fc.property(outcomes, outcome => {
        const lines = told(outcome, Number.POSITIVE_INFINITY);
        expect(lines.filter(line => line !== printable(line))).toEqual([]);
        const text = lines.join('\n');
        for (const { status, sentence } of resultsIn(outcome))
          expect(text).toContain(`\n    ${signs[status]} ${printable(sentence)}`);
        expect(text.includes('\nWhat does not hold\n')).toBe(missedIn(outcome).length > 0);
      }),
      { numRuns: 300 },
    );
  });
});
