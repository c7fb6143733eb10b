import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { furtherFunctions } from './further.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-further-'));
  for (const part of ['kept', 'volume/15', 'proc/7', 'proc/12']) mkdirSync(join(folder, part), { recursive: true });
  writeFileSync(join(folder, 'proc/7/cmdline'), 'sh\0/etc/holdfast/postgres/run\0');
});

afterEach(() => rmSync(folder, { recursive: true }));

/** What a health script says that has nothing else to say. */
function asked(): { readonly code: number | null; readonly said: string } {
  const places = { kept: join(folder, 'kept'), volume: join(folder, 'volume'), processes: join(folder, 'proc') };
  const script = `${furtherFunctions(places)}\nunless_reading\nunless_copying\necho 'is not well'\nexit 1`;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { env: { ...process.env, VERSION: '15' } });
  expect(String(stderr)).toBe('');
  return { code: status, said: String(stdout).trim() };
}

const stuck = { code: 1, said: 'is not well' };
const megabytes = (count: number) => Buffer.alloc(count * 1_048_576, 1);

test('a copy gets on as long as it grows, and not when it begins anew', () => {
  asked();
  expect(asked()).toEqual(stuck);
  const file = join(folder, 'volume/15/base');
  writeFileSync(file, megabytes(3));
  expect(asked()).toEqual({ code: 75, said: expect.stringMatching(/^copies the data: [34] MB so far$/) });
  expect(asked()).toEqual(stuck);
  writeFileSync(file, megabytes(1));
  expect(asked()).toEqual(stuck);
  appendFileSync(file, megabytes(9));
  expect(asked()).toEqual({ code: 75, said: expect.stringMatching(/^copies the data: 1[01] MB so far$/) });
});

test('a server that reads its log gets on with each piece', () => {
  const reads = (piece: string) =>
    writeFileSync(join(folder, 'proc/12/cmdline'), `postgres: db: startup recovering ${piece}\0\0\0\0`);
  writeFileSync(join(folder, 'proc/7/cmdline'), 'sed\0-n\0s/^postgres: .*startup recovering //p\0');
  asked();
  expect(asked()).toEqual(stuck);
  reads('000000010000000000000009');
  expect(asked()).toEqual({ code: 75, said: 'reads its log: 000000010000000000000009' });
  expect(asked()).toEqual(stuck);
  reads('00000001000000000000000A');
  expect(asked()).toEqual({ code: 75, said: 'reads its log: 00000001000000000000000A' });
  reads('000000010000000000000009');
  expect(asked()).toEqual(stuck);
});
