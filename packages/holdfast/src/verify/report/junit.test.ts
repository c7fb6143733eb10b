import fc from 'fast-check';
import { parse, type TestSuite, type TestSuites } from 'junit2json';
import { describe, expect, test } from 'vitest';
import { type Outcome, resultsIn, totalsOf } from '../outcome.ts';
import { junit } from './junit.ts';
import { asInTheSchema, errorsIn } from './testing/junit-schema.ts';
import { outcomes } from './testing/outcomes.ts';
import { root, shop } from './testing/shop.ts';
import { spelled } from './text/printable.ts';

const xmlOf = (outcome: Outcome): string => junit(outcome, root).join('\n');

const suitesOf = async (outcome: Outcome): Promise<readonly TestSuite[]> =>
  ((await parse(xmlOf(outcome), { attrValueProcessors: [inNumbers] })) as TestSuites).testsuite ?? [];

/** A name is a text, even where it looks like a number. */
const inNumbers = (value: string, name: string): unknown =>
  ['tests', 'failures', 'errors', 'skipped', 'time', 'line'].includes(name) ? Number(value) : value;

describe('JUnit XML', () => {
  test('is valid by the schema of Ant, but for what was added to the format since', async () => {
    expect(await errorsIn(asInTheSchema(xmlOf(shop)))).toEqual([]);
    expect(await errorsIn(asInTheSchema(xmlOf({ ...shop, targets: [], interrupted: 'Ctrl-C' })))).toEqual([]);
    expect(await errorsIn(xmlOf(shop).replaceAll(' hostname="localhost"', ''))).not.toEqual([]);
  });

  test('tells what failed, what nobody could look at, and what is let off', async () => {
    const [web, db] = await suitesOf(shop);
    expect(web).toMatchObject({ name: 'service/web: The web shop', tests: 7, failures: 1, errors: 0, skipped: 1 });
    expect(db).toMatchObject({ tests: 3, failures: 0, errors: 1, skipped: 1 });
    expect(web?.testcase?.[2]).toMatchObject({
      name: '/app is read-only for all but root',
      classname: 'service/web.web',
      file: 'system.ts',
      line: 31,
      failure: [{ inner: expect.stringContaining('why: the image was baked') }],
    });
    expect(web?.testcase?.[3]?.skipped?.[0]?.message).toContain('waived by linus@shop.example until 2026-12-31');
    expect(db?.testcase?.[0]?.error?.[0]?.message).toContain('db.1 ended (137)');
  });

  test('a run that was interrupted has an error of its own', async () => {
    const suites = await suitesOf({ ...shop, interrupted: 'Ctrl-C' });
    expect(suites.at(-1)).toMatchObject({ errors: 1, testcase: [{ error: [{ message: 'Ctrl-C' }] }] });
  });

  /** XML has no way to say the others. */
  const sayable = (text: string): string =>
    [...text.toWellFormed()]
      .map(char => (/[\t\n\r\x20-\ufffd]|[\u{10000}-\u{10ffff}]/u.test(char) ? char : spelled(char)))
      .join('');

  async function agrees(outcome: Outcome): Promise<void> {
    const suites = await suitesOf(outcome);
    const ours = outcome.interrupted === undefined ? suites : suites.slice(0, -1);
    const sum = (of: 'tests' | 'failures' | 'errors' | 'skipped'): number =>
      ours.reduce((all, suite) => all + (suite[of] ?? 0), 0);
    const { passed, failed, unknown, waived, skipped } = totalsOf(resultsIn(outcome));
    expect([sum('tests'), sum('failures'), sum('errors'), sum('skipped')]).toEqual([
      passed + failed + unknown + waived + skipped,
      failed,
      unknown,
      waived + skipped,
    ]);
    const cases = ours.flatMap(({ testcase = [] }) => testcase);
    expect(cases.map(({ name = '' }) => name)).toEqual(resultsIn(outcome).map(({ sentence }) => sayable(sentence)));
    const messages = cases.flatMap(({ failure = [], error = [] }) =>
      [...failure, ...error].map(({ message }) => message),
    );
    expect(messages).toEqual(
      resultsIn(outcome).flatMap(result =>
        result.status === 'failed' || result.status === 'unknown'
          ? [
              sayable(
                `expected: ${result.expected}; ${result.status === 'failed' ? 'found' : 'unknown'}: ${result.found}`,
              ),
            ]
          : [],
      ),
    );
  }

  test('is parsed to the same, whatever the texts are', async () => {
    await fc.assert(fc.asyncProperty(outcomes, agrees), { numRuns: 300 });
  });

  test('is valid, whatever the texts are', async () => {
    const documents = fc.sample(outcomes, 300).map(outcome => asInTheSchema(xmlOf(outcome)));
    expect(await errorsIn(...documents)).toEqual([]);
  });
});
