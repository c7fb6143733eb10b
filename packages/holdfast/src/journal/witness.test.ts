import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { signerWith } from './signer.ts';
import { openWitness } from './witness.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-witness-'));
afterAll(() => rmSync(folder, { recursive: true }));

const signer = signerWith(generateKeyPairSync('ed25519').privateKey);
const headAt = (seq: number, journal: string) =>
  signer.sign({ journal, seq, hash: 'a'.repeat(64), at: '2026-11-23T00:00:00.000Z' });
const yes = () => true;

test('it remembers the newest head that it was shown', () => {
  const witness = openWitness('j1', folder);
  expect(witness.read()).toBeUndefined();
  for (const seq of [1, 1_000_000_000, 7]) witness.advance(headAt(seq, 'j1'), yes);
  expect(openWitness('j1', folder).read()).toEqual(headAt(1_000_000_000, 'j1'));
  expect(statSync(witness.path).mode & 0o777).toBe(0o600);
});

test('a head that is in the chain no more stays, as the proof that facts are gone', () => {
  const witness = openWitness('j2', folder);
  witness.advance(headAt(5, 'j2'), yes);
  witness.advance(headAt(9, 'j2'), seen => seen.seq !== 5);
  expect(witness.read()?.seq).toBe(5);
});

test('what is no head of this journal, or not signed, proves nothing', () => {
  const witness = openWitness('j3', folder);
  for (const text of [
    '',
    'x',
    'null',
    JSON.stringify(headAt(3, 'j4')),
    JSON.stringify({ ...headAt(3, 'j3'), seq: 4 }),
  ]) {
    writeFileSync(witness.path, text);
    expect(witness.read(), text).toBeUndefined();
  }
});
