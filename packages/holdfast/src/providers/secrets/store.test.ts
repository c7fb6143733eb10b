import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { armor, Encrypter } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Problem } from '../../kit/problem.ts';
import { Secret } from '../../kit/secret.ts';
import { spellDocument } from './document.ts';
import { type SealedSecretsOptions, sealedSecrets } from './store.ts';
import { type Person, person } from './testing/person.ts';

let place = '';
let ada: Person;
let linus: Person;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'hf-secrets-'));
  ada = await person(join(place, 'ada'));
  linus = await person(join(place, 'linus'));
});
afterEach(() => rm(place, { recursive: true }));

const at = (...parts: string[]): string => join(place, ...parts);

const store = (options: Partial<SealedSecretsOptions> = {}) =>
  sealedSecrets({
    environment: 'local',
    shared: at('secrets/local.age'),
    own: at('.holdfast/local/secrets.age'),
    clear: at('.holdfast/local/secrets'),
    env: ada.env,
    from: place,
    ...options,
  });

const values = async (one: Pick<ReturnType<typeof store>, 'read'>, name: string): Promise<readonly string[]> =>
  (await one.read(name)).map(value => value.reveal());

const refusal = (work: Promise<unknown>): Promise<Problem['parts']> =>
  work.then(
    () => expect.unreachable('it was not refused'),
    (error: Problem) => error.parts,
  );

describe('secrets of one person', () => {
  test('are there again for the next process, in a file that holds no letter of them', async () => {
    await store().write('stripe-key', new Secret('s3cret\nof two lines'));
    expect(await values(store(), 'stripe-key')).toEqual(['s3cret\nof two lines']);
    expect(await values(store(), 'another')).toEqual([]);
    expect(await values(store(), 'constructor')).toEqual([]);
    const text = await readFile(at('.holdfast/local/secrets.age'), 'latin1');
    expect(text).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/);
    for (const word of ['s3cret', 'stripe']) expect(text).not.toContain(word);
  });

  test('need no word of theirs: an identity is made at first use, for them alone', async () => {
    const newcomer = { XDG_CONFIG_HOME: at('new') };
    await store({ env: newcomer }).write('stripe-key', new Secret('s3cret'));
    expect(await readFile(at('new/holdfast/identity'), 'utf8')).toMatch(/^# public key: age1.*\nAGE-SECRET-KEY-1.*\n$/);
    for (const [path, mode] of [
      ['new/holdfast', 0o700],
      ['new/holdfast/identity', 0o600],
      ['.holdfast/local', 0o700],
      ['.holdfast/local/secrets.age', 0o600],
    ] as const)
      expect([path, (await stat(at(path))).mode & 0o777]).toEqual([path, mode]);
    expect(await readdir(at('.holdfast/local'))).toEqual(['secrets.age']);
  });

  test('a variable of the environment comes before the file; an empty one is none', async () => {
    await store().write('stripe-key', new Secret('of the file'));
    const given = (value: string) => store({ env: { ...ada.env, HOLDFAST_SECRET_STRIPE_KEY: value } });
    expect(await values(given('of the environment'), 'stripe-key')).toEqual(['of the environment', 'of the file']);
    expect(await values(given(''), 'stripe-key')).toEqual(['of the file']);
  });

  test('a person is told both ways', () => {
    expect(store().howToGive('stripe-key')).toBe(
      'run `holdfast secret set stripe-key --env local`, or set HOLDFAST_SECRET_STRIPE_KEY',
    );
  });

  test('what is the same is not encrypted anew', async () => {
    await store().write('stripe-key', new Secret('s3cret'));
    const before = await readFile(at('.holdfast/local/secrets.age'), 'utf8');
    await store().write('stripe-key', new Secret('s3cret'));
    await store().settle(['stripe-key']);
    await store().key();
    expect(await readFile(at('.holdfast/local/secrets.age'), 'utf8')).toBe(before);
  });

  test('what a value was before is kept until it is settled, and not for ever', async () => {
    for (const value of ['a', 'b', 'c', 'b', 'd', 'e']) await store().write('stripe-key', new Secret(value));
    expect(await values(store(), 'stripe-key')).toEqual(['e', 'd', 'b', 'c', 'a']);
    for (const value of 'fghijklmn') await store().write('stripe-key', new Secret(value));
    expect(await values(store(), 'stripe-key')).toEqual([...'nmlkjihgfedbc']);
    await store().settle(['stripe-key', 'another']);
    expect(await values(store(), 'stripe-key')).toEqual(['n']);
  });

  test('the key is long, and the same ever after', async () => {
    const key = await store().key();
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    await store().write('stripe-key', new Secret('x'));
    expect(await store().key()).toBe(key);
  });

  test('of several processes that are the first at once, all get the same identity and key, and none loses a value', async () => {
    const module = new URL('./store.ts', import.meta.url).href;
    const secret = new URL('../../kit/secret.ts', import.meta.url).href;
    const options = {
      environment: 'local',
      shared: at('s.age'),
      own: at('new/own.age'),
      clear: at('new/c'),
      env: { XDG_CONFIG_HOME: at('new') },
    };
    const script = (nth: number) => `const { sealedSecrets } = await import(${JSON.stringify(module)});
      const { Secret } = await import(${JSON.stringify(secret)});
      const store = sealedSecrets(${JSON.stringify(options)});
      await store.write('s${nth}', new Secret('value ${nth}'));
      console.log(await store.key())`;
    const run = (_: unknown, nth: number) =>
      promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script(nth)]);
    const keys = (await Promise.all(Array.from({ length: 6 }, run))).map(({ stdout }) => stdout);
    expect(new Set(keys).size).toBe(1);
    const all = await sealedSecrets(options).document();
    expect(Object.keys(all?.secrets ?? {})).toEqual(['s0', 's1', 's2', 's3', 's4', 's5']);
  });
});

describe('secrets of a team', () => {
  const team = () => ({ 'ada@shop': ada.publicKey, 'linus@shop': linus.publicKey });
  const shared = (of: Person, recipients: Record<string, string> = team()) => store({ env: of.env, recipients });

  test('are read by each of them, under the same key', async () => {
    await shared(ada).write('stripe-key', new Secret('s3cret'));
    expect(await values(shared(linus), 'stripe-key')).toEqual(['s3cret']);
    expect(await shared(linus).key()).toBe(await shared(ada).key());
    expect(await readdir(at('secrets'))).toEqual(['local.age']);
  });

  test('the file of age is one that its own tools read, with canonical JSON in it', async () => {
    await shared(ada).write('b', new Secret('2'));
    await shared(ada).write('a', new Secret('1'));
    const text = await linus.decrypt(await readFile(at('secrets/local.age'), 'utf8'));
    expect(JSON.parse(text)).toMatchObject({ format: 'holdfast secrets 1', recipients: team() });
    expect(text.indexOf('"a":{')).toBeLessThan(text.indexOf('"b":{'));
  });

  test('who has no identity is told whom to ask, and is given none silently', async () => {
    await shared(ada).write('stripe-key', new Secret('s3cret'));
    const parts = await refusal(store({ env: { XDG_CONFIG_HOME: at('new') }, recipients: team() }).read('stripe-key'));
    expect(parts).toMatchObject({ what: expect.stringContaining('no identity'), where: 'secrets/local.age', exit: 2 });
    expect(parts.fix).toMatch(/secret identity.*ada@shop, linus@shop.*HOLDFAST_IDENTITY/);
    expect(await readdir(place)).not.toContain('new');
  });

  test('a stranger is told who he is, and who can read them', async () => {
    await shared(ada, { 'ada@shop': ada.publicKey }).write('stripe-key', new Secret('s3cret'));
    const parts = await refusal(shared(linus, { 'ada@shop': ada.publicKey }).read('stripe-key'));
    expect(parts.why).toBe(`you are ${linus.publicKey}; they are encrypted to ada@shop`);
    expect(parts.fix).toContain('rekey');
  });

  test('nobody encrypts what he can not read himself', async () => {
    const parts = await refusal(shared(linus, { 'ada@shop': ada.publicKey }).key());
    expect(parts.what).toContain('and not to you');
  });

  test('in CI, the identity is a variable, or a file that one names', async () => {
    await shared(ada).write('stripe-key', new Secret('s3cret'));
    for (const HOLDFAST_IDENTITY of [`${linus.privateKey}\n`, at('linus/holdfast/identity')])
      expect(await values(store({ env: { HOLDFAST_IDENTITY }, recipients: team() }), 'stripe-key')).toEqual(['s3cret']);
    const wrong = { HOLDFAST_IDENTITY: linus.privateKey.slice(0, -1) };
    const parts = await refusal(store({ env: wrong, recipients: team() }).read('stripe-key'));
    expect(JSON.stringify(parts)).not.toContain(linus.privateKey.slice(20, 40));
    expect(parts.what).toBe('HOLDFAST_IDENTITY holds no identity');
  });

  test('an identity that others can read is refused', async () => {
    await rm(at('ada/holdfast/identity'));
    await writeFile(at('ada/holdfast/identity'), ada.privateKey, { mode: 0o644 });
    expect(await refusal(shared(ada).key())).toMatchObject({ fix: expect.stringContaining('chmod 600') });
  });

  test('a new value waits until those who went can not read it, and those who came can', async () => {
    await shared(ada).write('stripe-key', new Secret('s3cret'));
    const eve = await person(at('eve'));
    const now = { 'ada@shop': ada.publicKey, 'eve@shop': eve.publicKey };
    expect(await refusal(shared(ada, now).write('stripe-key', new Secret('new')))).toMatchObject({
      why: 'not yet to eve@shop; still to linus@shop, who would read the new value too',
      fix: expect.stringContaining('rekey'),
    });
    expect(await shared(ada, now).rekey()).toEqual({ added: ['eve@shop'], removed: ['linus@shop'] });
    await shared(eve, now).write('stripe-key', new Secret('new'));
    expect(await values(shared(ada, now), 'stripe-key')).toEqual(['new', 's3cret']);
    expect(await refusal(shared(linus, now).read('stripe-key'))).toMatchObject({
      what: expect.stringContaining('not encrypted to you'),
    });
    expect(await shared(ada, now).rekey()).toEqual({ added: [], removed: [] });
  });

  test('stay those of the team when the configuration no longer names one', async () => {
    await shared(ada).write('stripe-key', new Secret('s3cret'));
    expect(await values(store(), 'stripe-key')).toEqual(['s3cret']);
    expect(await refusal(store().rekey())).toMatchObject({ what: expect.stringContaining('declares no recipients') });
  });
});

describe('a file of secrets that is not right', () => {
  const broken = async (change: (text: string) => string): Promise<Problem['parts']> => {
    const file = at('.holdfast/local/secrets.age');
    await store().write('stripe-key', new Secret('s3cret'));
    await writeFile(file, change(await readFile(file, 'utf8')));
    return refusal(store().read('stripe-key'));
  };
  const sealedText = async (text: string): Promise<string> => {
    const encrypter = new Encrypter();
    encrypter.addRecipient(ada.publicKey);
    return armor.encode(await encrypter.encrypt(text));
  };

  test.each([
    ['cut short', (text: string) => text.slice(0, -60)],
    ['a letter changed', (text: string) => text.replace(/.(?=.{5}\n-----END)/, letter => (letter === 'A' ? 'B' : 'A'))],
    [
      'a letter of its header changed',
      (text: string) => text.replace(/(?<=\n.{30})./, letter => (letter === 'Q' ? 'R' : 'Q')),
    ],
    ['emptied', () => ''],
    ['another thing', () => 'hello'],
  ])('%s', async (_, change) => {
    expect(await broken(change)).toMatchObject({
      what: 'the file of the secrets is damaged',
      where: '.holdfast/local/secrets.age',
      fix: expect.stringContaining('git checkout'),
    });
  });

  test('sealed by somebody else', async () => {
    const text = await sealedText('{"format":"x"}');
    expect(await broken(() => text)).toMatchObject({ why: 'what is inside was not written by Holdfast' });
  });

  test('of a later version is left alone', async () => {
    const latest = await sealedText('{"format":"holdfast secrets 2"}');
    expect(await broken(() => latest)).toMatchObject({ what: expect.stringContaining('a later Holdfast') });
    expect(await refusal(store().write('a', new Secret('x')))).toMatchObject({
      fix: expect.stringContaining('update'),
    });
    expect(await readFile(at('.holdfast/local/secrets.age'), 'utf8')).toBe(latest);
  });

  test('with both sides of a merge in it says what to do', async () => {
    expect(await broken(text => `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> theirs\n`)).toMatchObject({
      what: 'the secrets were changed on two branches',
      fix: expect.stringContaining('holdfast secret merge'),
    });
  });
});

describe('secrets that lie elsewhere', () => {
  const inClear = async (files: Record<string, string>): Promise<void> => {
    await mkdir(at('.holdfast/local/secrets'), { recursive: true });
    for (const [name, text] of Object.entries(files)) await writeFile(at('.holdfast/local/secrets', name), text);
  };
  const key = 'ab'.repeat(32);

  test('in clear, with their key, are taken over once, told, and gone', async () => {
    await inClear({ 'stripe-key': 'by hand\n', token: 't', '.key': key, empty: '\n' });
    const told: unknown[] = [];
    const onTakenOver = async (...words: unknown[]) => {
      expect(await readdir(at('.holdfast/local/secrets'))).toContain('token');
      told.push(words);
    };
    expect(await values(store({ onTakenOver }), 'stripe-key')).toEqual(['by hand']);
    expect(told).toEqual([[['stripe-key', 'token'], '.holdfast/local/secrets']]);
    expect(await readdir(at('.holdfast/local/secrets'))).toEqual(['empty']);
    expect(await store({ onTakenOver }).key()).toBe(key);
    expect(told).toHaveLength(1);
  });

  test('of one person become those of the team', async () => {
    for (const value of ['old', 'older', 's3cret']) await store().write('stripe-key', new Secret(value));
    const before = await store().key();
    const team = store({ recipients: { ada: ada.publicKey, linus: linus.publicKey } });
    expect(await values(team, 'stripe-key')).toEqual(['s3cret', 'older', 'old']);
    expect(await team.key()).toBe(before);
    expect(await readdir(at('.holdfast/local'))).toEqual([]);
  });

  test('with another value than the file has are a question to the person', async () => {
    await store().write('token', new Secret('right'));
    await inClear({ token: 'left', other: 'x' });
    expect(await refusal(store().read('token'))).toMatchObject({ what: 'there are two values of token', exit: 2 });
    expect(await readFile(at('.holdfast/local/secrets/token'), 'utf8')).toBe('left');
    await rm(at('.holdfast/local/secrets/token'));
    expect(await values(store(), 'other')).toEqual(['x']);
  });

  test('and that could not be made safe stay where they are', async () => {
    await inClear({ token: 'left' });
    const eve = { eve: (await person(at('eve'))).publicKey };
    await refusal(store({ recipients: eve }).read('token'));
    expect(await readdir(at('.holdfast/local/secrets'))).toEqual(['token']);
  });
});

test('a document is spelled in one way', () => {
  const entry = { text: 'x', changed: '2026-11-28T10:00:00.000Z' };
  const document = { format: 'holdfast secrets 1', key: 'k', recipients: {}, secrets: { b: entry, a: entry } } as const;
  expect(spellDocument(document)).toBe(
    '{"format":"holdfast secrets 1","key":"k","recipients":{},"secrets":{"a":{"changed":"2026-11-28T10:00:00.000Z","text":"x"},"b":{"changed":"2026-11-28T10:00:00.000Z","text":"x"}}}',
  );
});
