import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { openSloV1 } from '../verify/export/testing/openslo-v1.ts';
import { outputs } from './output/outputs.ts';
import { newcomer, run } from './testing/newcomer.ts';

const config = `import { defineConfig, environment } from 'holdfast/config';
export default defineConfig({ environments: { local: environment({ ports: PORTS, subnets: 'SUBNETS' }) } });`;

/** A promise that its check shows, one that another check shows not to be so, and one of which nothing is known. */
const system = (uid = 7, more = '') => `import * as of from 'holdfast';
export default of.system('NAME', () => {
  const crew = of.team('crew', { people: ['ada@shop.example'] });
  const image = of.image('tiny', { archive: 'tiny.tar' });
  const web = of.service('web', { image, network: of.network('lan'), command: ['sleep', '3600'], stop: { grace: '1s' } });
  const runs = of.check(web, it => it.process('sleep').runs(), { name: 'runs' });
  const people = of.check(web, it => it.user('app').hasUid(${uid}), { name: 'people' });
  of.promise('the web runs', { by: crew, checks: [runs], rehearsed: 'weekly' });
  of.promise('people are who they were', { by: crew, checks: [people] });
  ${more}
  const measured = of.probe.https('https://shop.example/').answers(200).within('800ms');
  of.promise('the shop answers', { by: crew, measured, objective: '99% over 7d' });
});`;

/** One after the other: what is up first is not, and what nobody checked is unproven. */
describe('holdfast promise on a real engine', { timeout: 60_000 }, () => {
  let here: Awaited<ReturnType<typeof newcomer>>;
  beforeAll(async () => {
    here = await newcomer({ 'system.ts': system(), 'holdfast.config.ts': config });
  });
  afterAll(() => here?.[Symbol.asyncDispose]());

  const promise = (...args: readonly string[]) => here.holdfast('promise', ...args);

  async function statuses(): Promise<{ code: number | null; statuses: readonly string[] }> {
    const { code, stdout } = await promise('ls', '--json');
    const value = outputs['promise-ls'].parse(JSON.parse(stdout));
    expect(JSON.parse(stdout)).toEqual(value);
    return { code, statuses: value.promises.map(({ status }) => status) };
  }

  test('is told by its help, and that of each of its verbs', async () => {
    const { code, stdout } = await promise('--help');
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringMatching(/ls .*explain .*export /s) });
    for (const verb of ['ls', 'explain', 'export'])
      expect((await promise(verb, '--help')).stdout).toContain(`holdfast promise ${verb}`);
  });

  test('lists what nobody looked at as unproven, before anything runs too', async () => {
    expect(await statuses()).toEqual({ code: 0, statuses: ['unproven', 'unproven', 'unproven'] });
    expect(await promise()).toMatchObject({ code: 0, stdout: expect.stringContaining('3 promises: 3 unproven') });
    const { code, stdout } = await promise('explain', 'the web runs');
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('holdfast check runs') });
  });

  test('lists what was looked at as it was found, and ends with 1 when one is broken', async () => {
    expect((await here.holdfast('up', '--yes')).code).toBe(0);
    expect((await here.holdfast('check', 'web')).code).toBe(1);
    expect(await statuses()).toEqual({ code: 1, statuses: ['kept', 'broken', 'unproven'] });
  });

  test('explains one by its sentence or its name, with the fact, its day and what it was found on', async () => {
    const [bySentence, byName] = [await promise('explain', 'the web runs'), await promise('explain', 'the-web-runs')];
    expect(bySentence).toEqual(byName);
    expect(bySentence).toMatchObject({ code: 0, stderr: '' });
    expect(bySentence.stdout).toMatch(/fact \d+ of [\dT:.-]+Z by \S+, on tiny \w+:[0-9a-f]{64}/);
    const broken = await promise('explain', 'people-are-who-they-were');
    expect(broken.code).toBe(1);
    expect(broken.stdout.replaceAll(/\s+/g, ' ')).toContain('user app has uid 7: uid 1000');
    const { code, stdout } = await promise('explain', 'people-are-who-they-were', '--json');
    expect({ code, told: JSON.parse(stdout) }).toMatchObject({ code: 1, told: { status: 'broken' } });
  });

  test('refuses one that there is not, and names the nearest', async () => {
    expect(await promise('explain', 'the web run')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('did you mean "the web runs"?'),
    });
    expect((await promise('explain')).code).toBe(2);
    expect((await promise('explian')).code).toBe(2);
  });

  test('exports what has an objective as OpenSLO and for Prometheus, here or to a file', async () => {
    const { code, stdout } = await promise('export');
    const kinds = parseAllDocuments(stdout).map(document => openSloV1.parse(document.toJS()).kind);
    expect({ code, kinds }).toMatchObject({ code: 0, kinds: expect.arrayContaining(['Service', 'SLO']) });
    expect(stdout).toContain('0.99\n');
    const file = await promise('export', '--as', 'prometheus', '--out', 'rules.yml');
    expect(file).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(parse(await readFile(join(here.folder, 'rules.yml'), 'utf8'))).toMatchObject({ groups: expect.any(Array) });
    expect(await promise('export', '--as', 'prose')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('openslo, prometheus'),
    });
    expect(await promise('export', '--out', 'nowhere/rules.yml')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("nowhere/rules.yml can't be written"),
    });
  });

  test('names beside a promise what is waived of its checks, by whom, why and until when', async () => {
    const waive = "of.waive(people, { owner: crew, because: 'it moves soon', until: '2999-12-31' });";
    await here.write('system.ts', system(7, waive));
    expect((await here.holdfast('check', 'people')).code).toBe(0);
    const told = 'all of check people is waived by crew until 2999-12-31: it moves soon';
    expect((await promise('ls')).stdout.replaceAll(/\s+/g, ' ')).toContain(told);
    const { promises } = outputs['promise-ls'].parse(JSON.parse((await promise('ls', '--json')).stdout));
    const waiver = { check: 'check/people', owner: 'team/crew', because: 'it moves soon', until: '2999-12-31' };
    expect(promises.map(({ status, waivers }) => [status, waivers])).toEqual([
      ['kept', []],
      ['kept', [waiver]],
      ['unproven', []],
    ]);
    const { stdout } = await promise('explain', 'people are who they were');
    const words = stdout.replaceAll(/\s+/g, ' ');
    expect(words).toContain(told);
    expect(words).toContain('waived by crew until 2999-12-31: user app has uid 7: uid 1000 (it moves soon)');
  });

  test('follows the code: another question asked makes an answer stale, until it is asked', async () => {
    await here.write('system.ts', system(1000));
    expect(await statuses()).toEqual({ code: 0, statuses: ['kept', 'stale', 'unproven'] });
    expect((await here.holdfast('check', 'people')).code).toBe(0);
    const { stdout } = await promise('explain', 'people are who they were');
    expect(stdout).toMatch(/✓ kept {2}check "people"/);
  });

  test('is as old as the clock says', async () => {
    const later = encodeURIComponent('const now = Date.now; Date.now = () => now() + 8 * 86_400_000');
    const env = {
      XDG_STATE_HOME: join(here.folder, '.state'),
      NODE_OPTIONS: `--import=data:text/javascript,${later}`,
    };
    const { code, stdout } = await run(['promise', 'explain', 'the web runs'], here.folder, env);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringMatching(/^~ stale {2}the web runs\n/) });
  });
});
