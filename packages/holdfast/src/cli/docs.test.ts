import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSqliteJournal } from '../journal/sqlite-journal.ts';
import { outputs } from './output/outputs.ts';
import { programFor } from './program.ts';
import { plain } from './show/screen.ts';
import { installedPackage } from './testing/installed.ts';
import { run } from './testing/newcomer.ts';

const system = (
  replicas = 2,
) => `import { image, network, probe, check, promise, service, system, team } from 'holdfast';
export default system('shop', env => {
  const by = team('crew', { people: ['ada@shop.example'] });
  const web = service('web', { image: image('web', { archive: 'web.tar' }), network: network('lan'), replicas: ${replicas},
    ports: { http: 8080 }, health: probe.http('http', '/'), availability: '99.5%', commonCause: '5%' });
  const measured = check(web, it => { it.http('http', '/').answers(200) });
  promise('it answers', { by, checks: [measured], rehearsed: 'weekly' });
  const there = promise('it is there', { by, measured, objective: '99% over 7d' });
  promise('it sells', { by, given: [there], measured, objective: '99.5% over 7d' });
});`;

/** An engine is nowhere. */
const config = `import { defineConfig, engine, environment } from 'holdfast/config';
export default defineConfig({ environments: { local: environment({ engine: engine.local({ socket: '/nowhere.sock', availability: '99.9%' }) }) } });`;

describe('holdfast docs, with no engine', { timeout: 60_000 }, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hf-docs-'));
    await mkdir(join(folder, 'node_modules'));
    await symlink(installedPackage(), join(folder, 'node_modules/holdfast'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder, 'system.ts'), system());
    await writeFile(join(folder, 'holdfast.config.ts'), config);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const holdfast = (...args: string[]) => run(args, folder, { XDG_STATE_HOME: join(folder, '.state'), NO_COLOR: '1' });
  const page = (path: string) => readFile(join(folder, 'docs/system', path), 'utf8');

  test('--check says that they are not there yet, and writes nothing', async () => {
    const { code, stdout } = await holdfast('docs', '--check');
    expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining('README.md  it is not there') });
    expect(existsSync(join(folder, 'docs'))).toBe(false);
    expect(existsSync(join(folder, '.holdfast'))).toBe(false);
  });

  test('it writes both, says where to open the site, and writes nothing twice', async () => {
    const { code, stdout, stderr } = await holdfast('docs');
    expect({ code, stdout, stderr }).toMatchObject({ code: 0, stderr: '' });
    expect(stdout).toContain(`open file://${folder}/.holdfast/site/index.html`);
    expect(stdout).toContain('there is no journal of local yet');
    expect(await page('promise/it-answers.md')).toContain('**○ unproven** Not shown yet: check [web]');
    expect((await holdfast('docs')).stdout).toContain('all were as they are');
    expect((await holdfast('docs', '--check')).code).toBe(0);
  });

  test('it says what was declared of how often things are there, and what of a promise that follows from', async () => {
    const there = await page('promise/it-is-there.md');
    expect(there).toContain('What it rests on allows **99.8727%** at most; 99% is promised, which can be kept.');
    expect(there).toContain('5% of what takes one instance of [web](../service/web.md) takes all of them');
    expect(there).toContain('the host, which is there 99.9% of the time');
    expect(there).toContain('nobody gave a figure: image [web](../image/web.md), network');
    const sells = await page('promise/it-sells.md');
    expect(sells).toContain('99.5% is promised, which is 0.5 percentage points too much');
    expect(sells).toContain('[it is there](../promise/it-is-there.md), which it is given: 99% is promised there');
    expect(sells).toContain('promising more there: 99.8727% if it were enough');
    expect(await page('service/web.md')).toContain('**Each is there:** 99.5% of the time, its machine not counted; 5%');
  });

  test('--check names the stale page and what changed, and docs mends it', async () => {
    await writeFile(join(folder, 'system.ts'), system(3));
    const { code, stdout } = await holdfast('docs', '--check', '--json');
    const output = outputs.docs.parse(JSON.parse(stdout));
    expect(code).toBe(1);
    expect(output.folders[0]?.stale).toContainEqual({ path: 'service/web.md', why: ['replicas: 2 → 3'] });
    const { stdout: written } = await holdfast('docs', '--json');
    expect(outputs.docs.parse(JSON.parse(written))).toMatchObject({ well: true, system: 'shop' });
    expect((await holdfast('docs', '--check', '--site', '.holdfast/site')).code).toBe(0);
  });

  test('it says what the journal tells, and of when', async () => {
    const journal = await openSqliteJournal(join(folder, '.holdfast/local/journal.db'));
    const scope = { system: 'shop', environment: 'local' } as const;
    const ran = { check: 'check/web', passed: false, sentences: 1, milliseconds: 3, on: {} } as const;
    const failed = ['GET / on port 8080 answers 200: 503 Service Unavailable'];
    await journal.append([{ kind: 'check.ran', ...scope, payload: { ...ran, failed } }]);
    await journal[Symbol.asyncDispose]();
    expect((await holdfast('docs', '--check')).code).toBe(0);
    expect((await holdfast('docs')).stdout).toMatch(/evidence is as of fact 1 of the journal/);
    expect(await page('check/web.md')).toContain('**✗ failed**: 503 Service Unavailable');
    expect(await page('README.md')).toMatch(/as of fact 1 of \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\./);
  });

  test('what is in the way is refused before anything is written', async () => {
    await mkdir(join(folder, 'mine'));
    await writeFile(join(folder, 'mine/index.html'), 'by hand');
    const { code, stderr } = await holdfast('docs', '--out', 'fresh', '--site', 'mine');
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('index.html is in the way') });
    expect(existsSync(join(folder, 'fresh'))).toBe(false);
  });

  test('each command that a page names is one that the command line takes', async () => {
    const pages = await Promise.all(['README.md', 'service/web.md', 'image/web.md', 'promise/it-answers.md'].map(page));
    const commands = pages.flatMap(text => [...text.matchAll(/^holdfast (.*?) +# /gm)].map(([, words = '']) => words));
    expect(commands.length).toBeGreaterThan(15);
    for (const words of commands) {
      const taken: string[] = [];
      const program = programFor(async () => void taken.push(words), { writeErr: () => {} }, plain);
      await program.parseAsync(words.split(' '), { from: 'user' });
      expect(taken, words).toEqual([words]);
    }
  });
});
