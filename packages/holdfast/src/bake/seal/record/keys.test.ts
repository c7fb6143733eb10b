import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newKey } from '../testing/records.ts';
import { type KeyPlace, sealingKey, trustedKeys } from './keys.ts';
import { parseKeys, printKey } from './public-key.ts';

describe('the keys of a project', () => {
  let folder: string;
  const said: string[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-keys-'));
    said.length = 0;
  });
  afterEach(() => rm(folder, { recursive: true }));

  const place = (env: KeyPlace['env'] = {}): KeyPlace => ({
    folder,
    env,
    who: 'ada@laptop',
    say: line => said.push(line),
  });
  const list = () => join(folder, 'holdfast.keys');
  const pemOf = ({ privateKey }: ReturnType<typeof newKey>) =>
    privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;

  test('begin with the first seal, which is said; the private one is for its owner alone', async () => {
    const made = await sealingKey(place());
    expect(said).toEqual([expect.stringContaining('seal.pem'), expect.stringContaining('commit it')]);
    expect((await stat(join(folder, '.holdfast/keys/seal.pem'))).mode & 0o777).toBe(0o600);
    expect((await trustedKeys(folder)).map(({ id, comment }) => [id, comment])).toEqual([
      [made.publicKey.id, 'ada@laptop'],
    ]);
    said.length = 0;
    expect((await sealingKey(place())).publicKey.id).toBe(made.publicKey.id);
    expect(said).toEqual([]);
  });

  test('are one pair, however many processes begin at once', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => sealingKey(place())));
    expect(new Set(made.map(({ publicKey }) => publicKey.id)).size).toBe(1);
  });

  test('do not count a newcomer’s until it is added: the line is told, and stays the same', async () => {
    await writeFile(list(), `${printKey(newKey('linus').publicKey)}\n`);
    const first = await sealingKey(place()).catch(error => error);
    const line = /add this line: (ed25519 \S+ ada@laptop)$/.exec(first.parts.fix)?.[1];
    expect((await sealingKey(place()).catch(error => error)).parts.fix).toContain(line);
    await writeFile(list(), `${await readFile(list(), 'utf8')}${line}\n`);
    expect((await sealingKey(place())).publicKey.comment).toBe('ada@laptop');
  });

  test('may come from the environment, where no file is wanted', async () => {
    const key = newKey('ci');
    expect((await sealingKey(place({ HOLDFAST_SEAL_KEY: pemOf(key) }))).publicKey.id).toBe(key.publicKey.id);
    await expect(stat(join(folder, '.holdfast'))).rejects.toThrow('ENOENT');
    const wrong = await sealingKey(place({ HOLDFAST_SEAL_KEY: 'secret-words' })).catch(error => error);
    expect(wrong.parts).toMatchObject({ where: 'HOLDFAST_SEAL_KEY' });
    expect(JSON.stringify(wrong)).not.toContain('secret-words');
  });

  test('are read back as they are written, and a damaged line is told by its number', () => {
    const { publicKey } = newKey('ada at home');
    const text = `# people\n\n${printKey(publicKey)}\n`;
    expect(parseKeys(text, 'k').map(printKey)).toEqual([printKey(publicKey)]);
    for (const line of ['ed25519 AAAA x', 'rsa AAAA', printKey(publicKey).slice(0, -20)])
      expect(() => parseKeys(`${text}${line}`, 'k')).toThrow(
        expect.objectContaining({ parts: expect.objectContaining({ where: 'k:4' }) }),
      );
  });
});
