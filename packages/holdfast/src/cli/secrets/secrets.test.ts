import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OutputName, outputs } from '../output/outputs.ts';
import { newcomer, program } from '../testing/newcomer.ts';

const system = `import { authority, certificate, image, network, postgres, secret, service, system } from 'holdfast';
export default system('NAME', env => {
  const run = { image: image('tiny', { archive: 'tiny.tar' }), network: network('lan') } as const;
  service('web', { ...run, files: { '/run/secrets/key': secret('stripe-key') } });
  service('db', { ...run, files: { '/run/secrets/password': secret('password', { generate: 32 }) } });
  if (env.name === 'copied') postgres('store', { network: network('data') });
  if (env.name !== 'certified') return;
  const leaf = certificate('leaf', { by: authority('ca'), names: ['tls', '127.0.0.1'] });
  service('tls', { ...run, files: { '/run/secrets/tls.pem': leaf } });
});`;

const config = (
  recipients: Record<string, string> = {},
) => `import { defineConfig, environment } from 'holdfast/config';
const recipients = ${JSON.stringify(recipients)};
export default defineConfig({ environments: { local: environment(), certified: environment(), copied: environment(), team: environment({ ${
  Object.keys(recipients).length > 0 ? 'recipients' : ''
} }) } });`;

type Here = Awaited<ReturnType<typeof newcomer>>;

/** What a verb wrote with --json, as its schema has it. */
const parsed = <N extends OutputName>(name: N, { stdout }: { stdout: string }) => {
  const value = JSON.parse(stdout);
  expect(outputs[name].parse(value)).toEqual(value);
  return value;
};

describe('the secrets of one person', { timeout: 60_000 }, () => {
  let here: Here;
  beforeAll(async () => {
    here = await newcomer({ 'system.ts': system, 'holdfast.config.ts': config() });
  });
  afterAll(() => here?.[Symbol.asyncDispose]());

  test('are listed before there are any, with what is to be done', async () => {
    const { stdout } = await here.holdfast('secret');
    expect(stdout).toMatch(/password +generated +made by the next up +service\/db/);
    expect(stdout).toMatch(/stripe-key +given +none yet +service\/web/);
    expect(existsSync(join(here.folder, '.config'))).toBe(false);
  });

  test('are set from what is piped in, shown by nothing but what is meant to', async () => {
    const set = await here.given('s3cret value\n', {}, 'secret', 'set', 'stripe-key');
    expect(set).toMatchObject({ code: 0, stdout: expect.stringContaining('gives it to service/web') });
    const again = await here.given('s3cret value', {}, 'secret', 'set', 'stripe-key', '--json');
    expect(parsed('secret-set', again)).toMatchObject({ changed: [] });
    const listed = await here.holdfast('secret', 'ls', '--json');
    expect(parsed('secret-ls', listed)).toMatchObject({
      secrets: [
        { name: 'password', made: 'generated', stored: false },
        { name: 'stripe-key', made: 'given', stored: true, earlier: 0, users: ['service/web'] },
      ],
    });
    const journal = await here.holdfast('journal');
    expect(journal.stdout).toMatch(/secret\.set +stripe-key/);
    for (const { stdout, stderr } of [set, again, listed, journal]) expect(stdout + stderr).not.toContain('s3cret');
    const shown = await here.holdfast('secret', 'show', 'stripe-key', '--reveal', '--yes');
    expect(shown).toMatchObject({ code: 0, stdout: 's3cret value', stderr: '' });
  });

  test.each([
    [['secret', 'set', 'stripe-key', 's3cret'], 'is no argument'],
    [['secret', 'set', 'stripe-kye'], 'did you mean stripe-key?'],
    [['secret', 'set', 'stripe-key'], 'no value was given'],
    [['secret', 'rotate', 'stripe-key', 'password'], "stripe-key can't be made by Holdfast"],
    [['secret', 'show', 'stripe-key'], '--reveal was not given'],
    [['secret', 'show', 'stripe-key', '--reveal'], 'this is no terminal'],
    [['secret', 'rekey'], 'declares no recipients'],
    [['secret', 'merge'], 'nothing to merge'],
  ])('%j is wrong use, and says what to do', async (args, hint) => {
    const { code, stdout, stderr } = await here.holdfast(...args);
    expect({ code, stdout, stderr }).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(hint) });
    expect(stderr).not.toContain('s3cret');
  });

  test('what is no text is refused', async () => {
    const { code, stderr } = await here.given('a\0b', {}, 'secret', 'set', 'stripe-key');
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('base64') });
  });

  test('that are generated are rotated, each time another', async () => {
    const values: string[] = [];
    for (let count = 0; count < 2; count += 1) {
      parsed('secret-rotate', await here.holdfast('secret', 'rotate', 'password', '--json'));
      values.push((await here.holdfast('secret', 'show', 'password', '--reveal', '--yes')).stdout);
    }
    expect(values.every(value => /^[A-Za-z0-9]{32}$/.test(value))).toBe(true);
    expect(new Set(values).size).toBe(2);
    expect((await here.holdfast('secret')).stdout).toMatch(/password +generated .*not yet released/);
  });

  test('that lay in clear are taken over by the first verb that looks, which says so', async () => {
    await here.write('.holdfast/team/secrets/stripe-key', 'cl3ar\n');
    const first = await here.holdfast('secret', '--env', 'team');
    expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/stripe-key +given .* old/) });
    expect(first.stderr).toBe('✓ secret/stripe-key encrypted, and taken away from .holdfast/team/secrets\n');
    expect(existsSync(join(here.folder, '.holdfast/team/secrets'))).toBe(false);
    expect((await here.holdfast('secret', '--env', 'team')).stderr).toBe('');
    expect((await here.holdfast('journal', '--env', 'team')).stdout).toContain('secret.taken-over');
    const shown = await here.holdfast('secret', 'show', 'stripe-key', '--reveal', '--yes', '--env', 'team');
    expect(shown.stdout).toBe('cl3ar');
  });

  test('that are certificates are made with their authority, and say how long they are valid', async () => {
    const none = await here.holdfast('secret', 'rotate', 'leaf', '--env', 'certified');
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('authority "ca" has no value that signs') });
    const rotated = await here.holdfast('secret', 'rotate', 'leaf', 'ca', '--env', 'certified', '--json');
    expect(parsed('secret-rotate', rotated).changed).toEqual([
      { name: 'leaf', users: ['service/tls'] },
      { name: 'ca', users: ['service/tls'] },
    ]);
    const listed = await here.holdfast('secret', '--env', 'certified');
    expect(listed.stdout).toMatch(/leaf +generated +\w+ old, 824 days left +service\/tls/);
    const { secrets } = parsed('secret-ls', await here.holdfast('secret', '--env', 'certified', '--json'));
    expect(secrets.find(({ name }: { name: string }) => name === 'ca').certificate).toMatchObject({
      subject: expect.stringMatching(new RegExp(`^O=${here.name}, OU=certified, CN=ca, serialNumber=[0-9a-f]{8}$`)),
      trusted: 1,
    });
    expect(JSON.stringify(secrets)).not.toContain('PRIVATE');
  });

  test('that are certificates are shown without their key', async () => {
    const shown = await here.holdfast('secret', 'show', 'leaf', '--env', 'certified', '--json');
    expect(parsed('secret-show', shown)).toMatchObject({ name: 'leaf', names: ['127.0.0.1', 'tls'], daysLeft: 824 });
    const key = await here.holdfast('secret', 'show', 'leaf', '--reveal', '--yes', '--env', 'certified');
    const [, line = ''] = key.stdout.split('\n');
    expect(line.length).toBeGreaterThan(10);
    expect(shown.stdout).not.toContain(line);
    expect(await here.given('no PEM', {}, 'secret', 'set', 'ca', '--env', 'certified')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no certificate with its key'),
    });
  });

  test('by which backups are read say that those that are there stay readable', async () => {
    const rotate = (...more: string[]) =>
      here.holdfast('secret', 'rotate', 'store-passphrase', 'store-password', '--env', 'copied', ...more);
    expect(parsed('secret-rotate', await rotate('--json')).changed).toMatchObject([{ backups: true }, {}]);
    expect((await rotate()).stdout).toContain('are read by what store-passphrase was before');
    const { stdout } = await here.holdfast('secret', '--env', 'copied');
    expect(stdout).toMatch(/store-passphrase +generated +\w+ old, 1 before it, for older backups/);
    expect(stdout).toMatch(/store-password +generated +\w+ old, not yet released/);
  });

  test('are typed unseen at a terminal', async () => {
    const said = await typed(`${process.execPath} ${program} secret set stripe-key --no-color`, 'typ3d unseen\r', here);
    expect(said).toContain('Value of stripe-key: ');
    expect(said).toContain('has a new value');
    expect(said).not.toContain('typ3d');
    const shown = await here.holdfast('secret', 'show', 'stripe-key', '--reveal', '--yes');
    expect(shown.stdout).toBe('typ3d unseen');
  });
});

describe('the secrets of a team', { timeout: 60_000 }, () => {
  let here: Here;
  const of = (person: string): NodeJS.ProcessEnv => ({ XDG_CONFIG_HOME: join(here.folder, person) });
  const as = (person: string, ...args: string[]) => here.given('', of(person), ...args, '--env', 'team');
  const keys: Record<string, string> = {};
  beforeAll(async () => {
    here = await newcomer({ 'system.ts': system, 'holdfast.config.ts': config() });
    for (const name of ['ada', 'linus', 'eve'])
      keys[name] = parsed('secret-identity', await as(name, 'secret', 'identity', '--json')).publicKeys[0];
    await here.write('holdfast.config.ts', config({ ada: keys.ada ?? '', linus: keys.linus ?? '' }));
    await here.given('s3cret', of('ada'), 'secret', 'set', 'stripe-key', '--env', 'team');
    await as('ada', 'secret', 'rotate', 'password');
  });
  afterAll(() => here?.[Symbol.asyncDispose]());

  test('an identity is made once', async () => {
    expect((await as('ada', 'secret', 'identity')).stdout).toBe(`${keys.ada}\n`);
  });

  test('each of them reads what the others set, and is told who else does', async () => {
    expect((await as('linus', 'secret', 'show', 'stripe-key', '--reveal', '--yes')).stdout).toBe('s3cret');
    expect(parsed('secret-recipients', await as('linus', 'secret', 'recipients', '--json')).recipients).toEqual([
      { name: 'ada', key: keys.ada, you: false, reads: true, declared: true },
      { name: 'linus', key: keys.linus, you: true, reads: true, declared: true },
    ]);
    expect(await as('eve', 'secret')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('not encrypted to you'),
    });
  });

  test('who leaves still knows them, and that is said aloud', async () => {
    await here.write('holdfast.config.ts', config({ ada: keys.ada ?? '', eve: keys.eve ?? '' }));
    expect((await as('ada', 'secret', 'recipients')).stdout).toMatch(/linus .*can still read them/);
    const refused = await here.given('new', of('ada'), 'secret', 'set', 'stripe-key', '--env', 'team');
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('secret rekey') });
    const { stdout } = await as('ada', 'secret', 'rekey');
    expect(stdout).toContain('eve can read the secrets');
    expect(stdout).toContain('linus still knows password, stripe-key');
    expect(stdout).toContain('holdfast secret rotate password --env team');
    expect(stdout).toContain('holdfast secret set stripe-key --env team');
    expect(parsed('secret-rekey', await as('ada', 'secret', 'rekey', '--json'))).toMatchObject({
      added: [],
      removed: [],
    });
    expect((await as('eve', 'secret')).code).toBe(0);
    expect((await as('ada', 'journal')).stdout).toMatch(/secret\.rekeyed +\+ eve, − linus/);
  });

  test('two branches that changed them are put together by name', async () => {
    const git = (...args: string[]) =>
      promisify(execFile)('git', ['-c', 'user.name=ada', '-c', 'user.email=ada@shop', ...args], { cwd: here.folder });
    const commit = () => git('commit', '--quiet', '--all', '--message', 'x');
    const value = async (name: string) => (await as('eve', 'secret', 'show', name, '--reveal', '--yes')).stdout;
    await git('init', '--quiet', '--initial-branch', 'main');
    await git('add', 'secrets');
    await commit();
    await git('checkout', '--quiet', '-b', 'other');
    await here.given('of the branch', of('eve'), 'secret', 'set', 'stripe-key', '--env', 'team');
    await commit();
    await git('checkout', '--quiet', 'main');
    await as('ada', 'secret', 'rotate', 'password');
    const password = await value('password');
    await commit();
    await expect(git('merge', '--quiet', 'other')).rejects.toThrow();
    expect(await as('ada', 'plan')).toMatchObject({ code: 2, stderr: expect.stringContaining('secret merge') });
    expect(await as('ada', 'secret', 'merge')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('stripe-key'),
    });
    expect([await value('password'), await value('stripe-key')]).toEqual([password, 'of the branch']);
  });

  test('the file has the values of nobody in it that could be read', async () => {
    const text = await readFile(join(here.folder, 'secrets/team.age'), 'utf8');
    expect(text).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n[A-Za-z0-9+/=\n]+-----END AGE ENCRYPTED FILE-----\n$/);
  });
});

/** What a person at a terminal sees who types this when he is asked. */
function typed(command: string, keys: string, { folder }: Here): Promise<string> {
  const env = { ...process.env, XDG_CONFIG_HOME: join(folder, '.config'), XDG_STATE_HOME: join(folder, '.state') };
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], { cwd: folder, env });
  let said = '';
  let isAnswered = false;
  child.stdout.setEncoding('utf8').on('data', text => {
    said += text;
    if (isAnswered || !said.includes(': ')) return;
    isAnswered = true;
    child.stdin.write(keys);
  });
  return new Promise((resolve, reject) => child.once('error', reject).once('close', () => resolve(said)));
}
