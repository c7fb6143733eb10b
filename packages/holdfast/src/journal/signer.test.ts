import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { headVerifier, openSigner } from './signer.ts';
import { stateFolder } from './state-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-signer-'));
afterAll(() => rmSync(folder, { recursive: true }));

const head = { journal: 'j1', seq: 3, hash: 'ab', at: '2026-11-23T00:00:00.000Z' };

test('a head is genuine as it was signed, and in no other way', () => {
  const isGenuine = headVerifier();
  const signed = openSigner(join(folder, 'a')).sign(head);
  expect(isGenuine(signed)).toBe(true);
  const other = openSigner(join(folder, 'b'));
  for (const change of [{ seq: 4 }, { hash: 'ac' }, { journal: 'j2' }, { at: '' }, { key: other.key }, { key: 'x' }])
    expect(isGenuine({ ...signed, ...change }), JSON.stringify(change)).toBe(false);
});

test('the key is made once, for the user alone, and read from then on', () => {
  const state = join(folder, 'once');
  expect(openSigner(state).key).toBe(openSigner(state).key);
  expect(statSync(join(state, 'key')).mode & 0o777).toBe(0o600);
});

test('processes that make the key at once end up with the same', async () => {
  const state = join(folder, 'race');
  const module = new URL('./signer.ts', import.meta.url).href;
  const script = `console.log((await import('${module}')).openSigner('${state}').key)`;
  const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  const keys = (await Promise.all([run(), run(), run(), run()])).map(({ stdout }) => stdout);
  expect(new Set(keys).size).toBe(1);
  expect(readdirSync(state)).toEqual(['key']);
});

test('a key that is damaged, or whose folder can’t be made, is a problem that says where', () => {
  const state = join(folder, 'file');
  writeFileSync(state, '');
  expect(() => openSigner(join(state, 'holdfast'))).toThrow(expect.objectContaining({ name: 'Problem', exit: 3 }));
  const damaged = mkdtempSync(join(folder, 'damaged-'));
  writeFileSync(join(damaged, 'key'), 'private stuff');
  const parts = expect.objectContaining({ where: join(damaged, 'key'), why: expect.not.stringContaining('private') });
  expect(() => openSigner(damaged)).toThrow(expect.objectContaining({ parts }));
});

test('the state of a machine is where the standard for folders puts it', () => {
  expect(stateFolder({ XDG_STATE_HOME: '/state' })).toBe('/state/holdfast');
  expect(stateFolder({})).toMatch(/\/\.local\/state\/holdfast$/);
});
