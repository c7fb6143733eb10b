import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Result } from '../outcome.ts';
import { summary } from './summary.ts';
import { outcomes } from './testing/outcomes.ts';
import { root, shop } from './testing/shop.ts';

const failed = (evidence: string): Result => ({
  sentence: '/app exists',
  status: 'failed',
  expected: 'exists',
  found: 'nothing is there',
  evidence: [evidence],
  milliseconds: 1,
  tier: 'proc',
});

const withResults = (results: readonly Result[]) => ({
  ...shop,
  targets: [{ address: 'service/web' as const, title: 'web', checks: [{ name: 'web', at: 'system.ts:1:1', results }] }],
});

/** What of the text is ours: the rest must not begin a tag. */
const ours = /<\/?pre>|<\/?details>|<\/?summary>/g;

describe('the summary for GitHub', () => {
  test('says first how it stands, then what does not hold in full, then the rest', () => {
    const lines = summary(shop, root);
    expect(lines.slice(0, 9)).toEqual([
      '### ✗ shop · staging',
      '',
      '10 sentences: 6 hold, 1 does not, 1 is unknown, 1 is waived, 1 was skipped (3.4s)',
      '',
      '#### ✗ The web shop: /app is read-only for all but root',
      '',
      '<pre>',
      'expected: is read-only for all but root',
      'found: others may write to /app/tmp, /app/uploads, /app/node_modules/.cache and 3 more',
    ]);
    expect(lines).toContain('#### Let off or unproven');
    expect(lines).toContain('  - ✓ user postgres exists');
  });

  test('tells twenty in full, and how many there are besides', () => {
    const lines = summary(withResults(Array.from({ length: 23 }, () => failed('x'))), root);
    expect(lines.filter(line => line.startsWith('####'))).toHaveLength(20);
    expect(lines).toContain('… and 3 more that do not hold');
  });

  test('is never longer than GitHub takes', () => {
    const lines = summary(withResults([failed('x'.repeat(2_000_000))]), root);
    expect(lines).toEqual([
      '### ✗ shop · staging',
      '',
      '1 sentence: 1 does not (3.4s)',
      '',
      'What was found is too long for this page.',
    ]);
  });

  test('no text ends up as markup', () => {
    fc.assert(
      fc.property(outcomes, outcome => {
        const lines = summary(outcome, root);
        expect(lines.map(line => line.replaceAll(ours, '')).filter(line => /[<>\p{Cc}]/u.test(line))).toEqual([]);
        const text = lines.join('\n');
        expect(text.match(/<pre>/g)?.length).toBe(text.match(/<\/pre>/g)?.length);
      }),
      { numRuns: 300 },
    );
  });
});
