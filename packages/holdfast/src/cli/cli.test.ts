import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectDocker } from '../providers/docker/index.ts';
import { type OutputName, outputs } from './output/outputs.ts';
import { newcomer, run } from './testing/newcomer.ts';

const config = `import { defineConfig, environment } from 'holdfast/config';
export default defineConfig({ environments: {
  local: environment({ ports: PORTS, subnets: 'SUBNETS', domain: 'NAME.localhost' }),
  team: environment({ journal: 'postgres://ada:open-sesame@127.0.0.1:9/holdfast' }),
  safe: environment({ protected: true }),
} });`;

const system = (
  notes = true,
  greeting = 'one',
) => `import { image, network, probe, service, system, volume } from 'holdfast';
export default system('NAME', env => {
  const run = { image: image('tiny', { archive: 'tiny.tar' }), network: network('lan'), stop: { grace: '1s' } } as const;
  service('web', { ...run, replicas: 2, ports: { http: 8080 }, health: probe.http('http', '/', { interval: '100ms' }),
    command: ['httpd', '-f', '-p', '8080', '-h', '/srv'], files: { '/srv/index.html': '${greeting}' } });
  ${notes ? "service('notes', { ...run, command: ['sh', '-c', 'echo noted; sleep 3600'], mounts: { '/notes': volume('notes') } });" : ''}
});`;

/** Each document of an output, checked against the schema that `holdfast schema` prints. */
function parsed(name: OutputName, text: string): readonly Record<string, unknown>[] {
  const isLines = !text.startsWith('{\n');
  const documents = isLines ? text.trim().split('\n') : [text];
  return documents.map(document => {
    const value = JSON.parse(document);
    expect(outputs[name].parse(value)).toEqual(value);
    return value;
  });
}

describe('the command line on a real engine', { timeout: 60_000 }, () => {
  let here: Awaited<ReturnType<typeof newcomer>>;
  beforeAll(async () => {
    here = await newcomer({ 'system.ts': system(), 'holdfast.config.ts': config });
  });
  afterAll(() => here?.[Symbol.asyncDispose]());
  const holdfast = (...args: string[]) => here.holdfast(...args);

  test('without a terminal nothing is changed unless --yes is said', async () => {
    const { code, stderr } = await holdfast('up');
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(existsSync(join(here.folder, '.holdfast'))).toBe(false);
  });

  test('plan, up, status, logs and journal write what their schemas say', async () => {
    const [plan] = parsed('plan', (await holdfast('plan', '--json')).stdout);
    expect(plan).toMatchObject({ noop: false, declared: { 'service/web': 2, 'service/notes': 1 } });

    const events = parsed('up', (await holdfast('up', '--yes', '--json')).stdout);
    expect(events.at(-1)).toMatchObject({ event: 'result', outcome: 'kept', number: 1 });
    expect(new Set(events.map(({ event }) => event))).toEqual(
      new Set(['planned', 'fact', 'answer', 'output', 'result']),
    );

    const [status] = parsed('status', (await holdfast('status', '--json')).stdout);
    expect(status).toMatchObject({ well: true, differences: 0, release: { number: 1, outcome: 'kept' } });
    expect(parsed('logs', (await holdfast('logs', 'notes', '--json')).stdout)).toMatchObject([{ text: 'noted' }]);
    const facts = parsed('journal', (await holdfast('journal', '--json')).stdout);
    expect(facts.map(({ seq }) => seq)).toEqual(facts.map((_, at) => at + 1));
    expect(parsed('journal-verify', (await holdfast('journal', 'verify', '--json')).stdout)).toMatchObject([
      { whole: true },
    ]);
  });

  test('a second up changes nothing, and says where to go in words', async () => {
    const { code, stdout } = await holdfast('up', '--yes');
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('No changes. 6 objects are as declared'),
    });
  });

  test('exec runs inside, passes what is piped in, and ends with the exit code from there', async () => {
    expect(await holdfast('exec', 'web.2', '--', 'cat', '/srv/index.html')).toMatchObject({ code: 0, stdout: 'one' });
    expect((await holdfast('exec', 'web', '--', 'sh', '-c', 'exit 7')).code).toBe(7);
    expect(await holdfast('exec', 'web')).toMatchObject({ code: 2, stderr: expect.stringContaining('-- sh') });
    expect(await holdfast('exec', 'webb', '--', 'ls')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean web?'),
    });
  });

  test('a saved plan of another environment is refused', async () => {
    await here.write('system.ts', system(true, 'two'));
    await holdfast('plan', '--out', 'next.plan');
    const { code, stderr } = await holdfast('up', '--plan', 'next.plan', '--env', 'safe', '--yes');
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('this plan is for') });
    expect((await holdfast('up', '--plan', 'next.plan', '--yes')).code).toBe(0);
    expect((await holdfast('exec', 'web', '--', 'cat', '/srv/index.html')).stdout).toBe('two');
  });

  test('data goes when its name is said, and not before', async () => {
    await here.write('system.ts', system(false, 'two'));
    const { stdout } = await holdfast('up', '--yes');
    expect(stdout).toContain('volume notes is no longer declared; its data stays');
    await holdfast('plan', '--destroy', 'notes', '--no-grace', '--out', 'destroy.plan');
    const refused = await holdfast('up', '--plan', 'destroy.plan', '--yes');
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--destroy notes') });
    await holdfast('plan', '--destroy', 'notes', '--out', 'later.plan');
    expect((await holdfast('up', '--plan', 'later.plan', '--yes')).code).toBe(2);
    const named = await holdfast('up', '--plan', 'later.plan', '--destroy', 'notes', '--yes');
    expect(named).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/schedule +volume\/notes[\s\S]*20\d\d-.* UTC/),
    });
    const [plan] = parsed('plan', (await holdfast('plan', '--json')).stdout);
    expect(plan).toMatchObject({ noop: true, retained: [{ called: 'notes', due: expect.stringMatching(/^20.*Z$/) }] });
    const gone = await holdfast('up', '--destroy', 'notes', '--no-grace', '--yes');
    expect(gone).toMatchObject({ code: 0, stdout: expect.stringContaining('its data goes with it') });
    expect((await holdfast('status')).stdout).not.toContain('notes');
  });

  test('status ends with 1 when something is not well, and names it', async () => {
    const { docker } = await connectDocker();
    const [web] = await docker.listContainers({
      filters: { label: [`holdfast.system=${here.name}`, 'holdfast.born-as=instance/web.1'] },
    });
    await docker.getContainer(web?.Id ?? '').stop({ t: 0 });
    const { code, stdout } = await holdfast('status');
    expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining('not well: web') });
    expect(stdout).toMatch(/drift +1 difference/);
  });

  test('a down that somebody stands in the way of takes the rest away, and ends with the next one', async () => {
    await holdfast('up', '--yes');
    const { docker } = await connectDocker();
    const filters = { label: [`holdfast.system=${here.name}`] };
    const [[lan], [web]] = await Promise.all([docker.listNetworks({ filters }), docker.listContainers({ filters })]);
    const byHand = await docker.createContainer({
      name: `${here.name}-by-hand`,
      Image: web?.Image ?? '',
      Cmd: ['sleep', '60'],
      HostConfig: { NetworkMode: lan?.Name ?? '' },
      Labels: { 'holdfast.system': '' },
    });
    await byHand.start();
    expect((await holdfast('plan')).stdout).toContain(`on our networks and not ours: container ${here.name}-by-hand`);
    const refused = await holdfast('down', '--yes');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('`holdfast down` tries again') });
    expect(await docker.listContainers({ all: true, filters })).toEqual([]);
    await byHand.remove({ force: true });
    expect((await holdfast('down', '--yes')).code).toBe(0);
  });

  test('down --data needs the name of the environment, and then leaves nothing', async () => {
    await here.write('system.ts', system(true, 'two'));
    await holdfast('up', '--yes');
    const refused = await holdfast('down', '--data', '--yes');
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--confirm local') });
    expect((await holdfast('status')).code).toBe(0);
    const down = await holdfast('down', '--data', '--confirm', 'local', '--yes');
    expect(down.code, down.stderr).toBe(0);
    expect((await holdfast('plan')).stdout).not.toContain('no longer declared');
  });
});

describe('what is wrong', { timeout: 60_000 }, () => {
  let here: Awaited<ReturnType<typeof newcomer>>;
  beforeAll(async () => {
    here = await newcomer({ 'system.ts': system(), 'holdfast.config.ts': config });
  });
  afterAll(() => here?.[Symbol.asyncDispose]());

  test.each([
    [['pln'], 'did you mean plan?'],
    [['plan', '--ouut', 'x'], 'did you mean --out?'],
    [['plan', '--env', 'locl'], 'did you mean --env local?'],
    [['up', '--yes', '--wait', 'soon'], '--wait 30s'],
    [['completion', 'tcsh'], 'bash, zsh, fish'],
    [['schema', 'pln'], 'did you mean plan?'],
    [['status', '--file', 'nowhere.ts'], 'there is no nowhere.ts'],
    [['init'], 'here already'],
  ])('%j is wrong use, and says what to do', async (args, hint) => {
    const { code, stdout, stderr } = await here.holdfast(...args);
    expect({ code, stdout, stderr }).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(hint) });
  });

  test('a journal in a database that can’t be reached is told, without its password', async () => {
    const { code, stdout, stderr } = await here.holdfast('journal', 'verify', '--env', 'team');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('postgres://ada@127.0.0.1:9/holdfast');
    expect(stderr).not.toContain('sesame');
  });

  test('with --json it is JSON on standard error', async () => {
    const { code, stdout, stderr } = await here.holdfast('plan', '--json', '--env', 'locl');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(parsed('error', stderr)).toMatchObject([
      { exit: 2, problems: [{ what: 'there is no environment "locl"' }] },
    ]);
  });

  test('a system.ts that is not right touches nothing, and is told with file and line', async () => {
    await here.write('system.ts', system().replace("network('lan')", "network('LAN')"));
    await rm(join(here.folder, '.holdfast'), { recursive: true, force: true });
    const { code, stderr } = await here.holdfast('up', '--yes');
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(/at +system\.ts:3:\d+/) });
    expect(await readdir(here.folder)).not.toContain('.holdfast');
  });

  test('an engine that does not answer cannot be reached', async () => {
    const place = await newcomer({
      'system.ts': system(),
      'holdfast.config.ts': config
        .replace('ports: PORTS', "ports: PORTS, engine: engine.local({ socket: '/nowhere.sock' })")
        .replace('{ defineConfig', '{ engine, defineConfig'),
    });
    const { code, stderr } = await place.holdfast('plan');
    await rm(place.folder, { recursive: true });
    expect({ code, stderr }).toMatchObject({ code: 3, stderr: expect.stringContaining('no Docker Engine answers') });
  });

  test('outside of any project it says how to begin', async () => {
    const { code, stderr } = await run(['plan'], '/');
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('holdfast init') });
  });
});
