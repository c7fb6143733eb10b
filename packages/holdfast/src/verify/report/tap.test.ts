import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMissed, missedIn, type Outcome, resultsIn } from '../outcome.ts';
import { tap } from './tap.ts';
import { outcomes } from './testing/outcomes.ts';
import { root, shop } from './testing/shop.ts';
import { parsed } from './testing/tap-points.ts';
import { printable } from './text/printable.ts';

describe('TAP', () => {
  test('has a subtest a target, one a check, and a test point a sentence', () => {
    const { final, errors, points } = parsed(tap(shop, root));
    expect(errors).toEqual([]);
    expect(final).toMatchObject({ ok: false, count: 2, fail: 2, bailout: false });
    expect(points.map(({ ok, name, skip }) => [ok, name, skip])).toContainEqual([
      true,
      'the standby lags by less than 1s',
      'there is no standby in staging',
    ]);
  });

  test('tells of what does not hold what was expected, what was found, and where it is said', () => {
    const { points } = parsed(tap(shop, root));
    expect(points.find(({ ok }) => !ok)).toMatchObject({
      name: '/app is read-only for all but root',
      time: 2,
      diag: {
        status: 'failed',
        expected: 'is read-only for all but root',
        found: expect.stringContaining('/app/tmp'),
        evidence: ['drwxrwxrwx 2 app app 4096 tmp', 'drwxrwxrwx 2 app app 4096 uploads'],
        at: { file: 'system.ts', line: 31, column: 3 },
      },
    });
  });

  test('bails out where the run was interrupted', () => {
    const { final, errors } = parsed(tap({ ...shop, interrupted: 'Ctrl-C # twice' }, root));
    expect(errors).toEqual([]);
    expect(final).toMatchObject({ ok: false, bailout: 'Ctrl-C # twice' });
    expect(parsed(tap({ ...shop, targets: [], interrupted: 'no engine' }, root)).final.bailout).toBe('no engine');
  });

  test('says that nothing was looked at', () => {
    expect(tap({ ...shop, targets: [] }, root)).toEqual(['TAP version 14', '1..0 # nothing was looked at']);
  });

  /** A line has no breaks, no ends of spaces, and does not end in an opening brace. */
  const onOneLine = (text: string): string =>
    printable(text)
      .replace(/\{\s*$/, '$&.')
      .trim();

  const whole = (text: string): string => text.toWellFormed();

  function agrees(outcome: Outcome): void {
    const { final, errors, points } = parsed(tap(outcome, '/repo'));
    const results = resultsIn(outcome);
    expect(errors).toEqual([]);
    expect(final.ok).toBe(missedIn(outcome).length === 0 && outcome.interrupted === undefined);
    expect(points.map(({ ok, name, skip }) => [ok, name, skip !== false])).toEqual(
      results.map(result => [
        !isMissed(result),
        onOneLine(result.sentence),
        result.status === 'waived' || result.status === 'skipped',
      ]),
    );
    expect(points.map(({ diag }) => [diag.expected, diag.found])).toEqual(
      results.map(result =>
        'found' in result ? [whole(result.expected), whole(result.found)] : [undefined, undefined],
      ),
    );
  }

  test('is parsed to the same, whatever the texts are', () => {
    fc.assert(fc.property(outcomes, agrees), { numRuns: 300 });
  });
});
