import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Outcome } from '../outcome.ts';
import { json, toReport } from './json.ts';
import { reportOutput } from './json-format.ts';
import { outcomes } from './testing/outcomes.ts';
import { root, shop } from './testing/shop.ts';

const committed: object = JSON.parse(readFileSync(join(import.meta.dirname, 'format-1.schema.json'), 'utf8'));

const isValid = new Ajv2020({ allErrors: true }).compile(committed);

const read = (outcome: Outcome): unknown => JSON.parse(json(outcome, root).join('\n'));

describe('JSON', () => {
  test('its schema is the one that is committed: whoever changes it sees that somebody may rely on it', () => {
    expect(z.toJSONSchema(reportOutput, { reused: 'ref' })).toEqual(committed);
  });

  test('says all that is known, and what it comes to', () => {
    const report = toReport(shop, root);
    expect(report).toMatchObject({
      format: 1,
      kept: false,
      totals: { passed: 6, failed: 1, unknown: 1, waived: 1, skipped: 1 },
    });
    expect(report.targets[0]?.checks[0]).toMatchObject({ name: 'web', at: 'system.ts:31:3' });
    expect(report.targets[0]?.checks[0]?.results).toEqual(shop.targets[0]?.checks[0]?.results);
  });

  test('is valid and gives back every text, whatever the texts are', () => {
    fc.assert(
      fc.property(outcomes, outcome => {
        const value = read(outcome);
        expect(isValid(value), JSON.stringify(isValid.errors)).toBe(true);
        expect(value).toEqual(toReport(outcome, root));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['another format', { ...toReport(shop, root), format: 2 }],
    ['a status that there is not', { ...toReport(shop, root), totals: {} }],
  ])('%s is refused', (_, value) => {
    expect(isValid(value)).toBe(false);
  });
});
