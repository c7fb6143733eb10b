import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, type TestSuites } from 'junit2json';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asInTheSchema, errorsIn } from '../verify/report/testing/junit-schema.ts';
import { parsed } from '../verify/report/testing/tap-points.ts';
import { outputs } from './output/outputs.ts';
import { newcomer, run } from './testing/newcomer.ts';

const config = `import { defineConfig, environment } from 'holdfast/config';
export default defineConfig({ environments: { local: environment({ ports: PORTS, subnets: 'SUBNETS' }) } });`;

/** One check that holds, and one of which the second sentence does not, on the lines 5 and 6. */
const system = `import { check, image, network, service, system } from 'holdfast';
export default system('NAME', () => {
  const run = { image: image('tiny', { archive: 'tiny.tar' }), network: network('lan'), stop: { grace: '1s' } } as const;
  const web = service('web', { ...run, command: ['sleep', '3600'] });
  check(web, it => it.process('sleep').runs(), { name: 'sound' });
  check(web, it => it.user('app').exists().hasUid(7), { name: 'wrong' });
});`;

const page = expect.stringContaining('What does not hold');

/** One after the other: what is up first is not. */
describe('holdfast check on a real engine', { timeout: 60_000 }, () => {
  let here: Awaited<ReturnType<typeof newcomer>>;
  beforeAll(async () => {
    here = await newcomer({ 'system.ts': system, 'holdfast.config.ts': config });
  });
  afterAll(() => here?.[Symbol.asyncDispose]());

  const check = (...args: readonly string[]) => here.holdfast('check', ...args);
  const written = (file: string): Promise<string> => readFile(join(here.folder, file), 'utf8');

  test('is told by its help, with all formats', async () => {
    const { code, stdout } = await check('--help');
    expect(code).toBe(0);
    for (const word of ['documentation', 'junit', 'tap', 'json', 'github', '--out <file>', 'Examples:'])
      expect(stdout).toContain(word);
  });

  test('fails where nothing runs', async () => {
    const { code, stdout } = await check();
    expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining('no instance of web runs') });
    expect((await here.holdfast('up', '--yes')).code).toBe(0);
  });

  test('ends with 0 where all holds, and with 1 and what was found where it does not', async () => {
    expect(await check('sound')).toMatchObject({ code: 0, stdout: expect.stringContaining('1 sentence: 1 holds') });
    const { code, stdout } = await check();
    expect({ code, stdout }).toMatchObject({ code: 1, stdout: page });
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'service web: user app has uid 7 expected has uid 7 found uid 1000 at system.ts:6:',
    );
  });

  test('looks only at what was asked for: a check, or all that is said of something', async () => {
    const names = async (...asked: readonly string[]) =>
      outputs.check
        .parse(JSON.parse((await check('--json', ...asked)).stdout))
        .targets.flatMap(({ checks }) => checks.map(({ name }) => name));
    expect(await names('wrong')).toEqual(['wrong']);
    expect(await names('web')).toEqual(['sound', 'wrong']);
  });

  test('refuses a name that means nothing, and a format that there is not', async () => {
    expect(await check('wrongg')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('did you mean wrong?'),
    });
    expect(await check('--format', 'junitt')).toMatchObject({ code: 2, stderr: expect.stringContaining('junit, tap') });
  });

  test('as JUnit is valid, to a file, with the page for people beside it', async () => {
    expect(await check('--format', 'junit', '--out', 'checks.xml')).toMatchObject({ code: 1, stdout: page });
    const xml = await written('checks.xml');
    expect(await errorsIn(asInTheSchema(xml))).toEqual([]);
    const { testsuite = [] } = (await parse(xml)) as TestSuites;
    expect(testsuite).toMatchObject([{ tests: 3, failures: 1, errors: 0 }]);
    expect((await check('--format', 'junit')).stdout).toContain('<testsuites');
  });

  test('as TAP is valid', async () => {
    const { code, stdout } = await check('--format', 'tap');
    const { errors, points } = parsed(stdout.trimEnd().split('\n'));
    expect({ code, errors }).toEqual({ code: 1, errors: [] });
    expect(points.map(({ ok, name }) => [ok, name])).toEqual([
      [true, 'process sleep runs'],
      [true, 'user app exists'],
      [false, 'user app has uid 7'],
    ]);
  });

  test('as JSON is what its schema says, whichever way it is asked for', async () => {
    for (const asked of [['--json'], ['--format', 'json']]) {
      const { code, stdout } = await check(...asked);
      const value = JSON.parse(stdout);
      expect(outputs.check.parse(value)).toEqual(value);
      expect({ code, value }).toMatchObject({ code: 1, value: { kept: false, totals: { passed: 2, failed: 1 } } });
    }
  });

  test('for GitHub stands beside the line that says it, and adds to the summary of the job', async () => {
    const summary = join(here.folder, 'summary.md');
    await writeFile(summary, 'what was there\n');
    const env = { XDG_STATE_HOME: join(here.folder, '.state'), GITHUB_STEP_SUMMARY: summary };
    const { code, stdout } = await run(['check', '--format', 'github'], here.folder, env);
    expect({ code, stdout }).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^::error file=system\.ts,line=6,col=\d+,title=.*::user app has uid 7%0A.*\n$/),
    });
    expect(await written('summary.md')).toMatch(/^what was there\n### .*user app has uid 7/s);
  });

  test('to a file as a page says nothing here; to a folder that is not there it says why not', async () => {
    expect(await check('--out', 'page.txt')).toMatchObject({ code: 1, stdout: '', stderr: '' });
    expect(await written('page.txt')).toEqual(page);
    expect(await check('--out', 'nowhere/page.txt')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("nowhere/page.txt can't be written"),
    });
  });
});
