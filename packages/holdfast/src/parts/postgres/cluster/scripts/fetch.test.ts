import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchScript } from './fetch.ts';

/** A folder with an archive in it, and what gives out its files as pgBackRest does. */
const folder = mkdtempSync(join(tmpdir(), 'holdfast-fetch-'));
const reason = 'no recovery target specified';

const archive: Readonly<Record<string, string>> = {
  '00000002.history': `1\t0/90121C0\t${reason}\n`,
  '00000003.history': `1\t0/90121C0\t${reason}\n\n2\t1A/FF000028\t${reason}\n`,
  '000000010000000000000008': '',
  '000000010000000000000009': '',
  '00000001000000000000000A': '',
  '000000010000000100000000': '',
  '000000020000000000000009': '',
  '000000020000001A000000FE': '',
  '000000020000001A000000FF': '',
  '000000030000001A000000FF': '',
  '000000030000002000000001': '',
};

beforeAll(() => {
  execFileSync('mkdir', [join(folder, 'archive'), join(folder, 'bin')]);
  for (const [name, text] of Object.entries(archive)) writeFileSync(join(folder, 'archive', name), text || name);
  writeFileSync(join(folder, 'bin/pgbackrest'), `#!/bin/sh\nexec cp "${folder}/archive/$2" "$3"\n`, { mode: 0o755 });
});

afterAll(() => rmSync(folder, { recursive: true }));

const places = { promoting: join(folder, 'promoting'), repository: join(folder, 'repository') };

function fetched(file: string): string | undefined {
  const path = join(folder, 'got');
  rmSync(path, { force: true });
  const env = { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, TMPDIR: folder };
  const { status } = spawnSync('sh', ['-c', fetchScript(places), 'fetch', file, path], { env, cwd: folder });
  return status === 0 ? readFileSync(path, 'utf8') : undefined;
}

test.each([
  ['before the fork', '000000010000000000000008', true],
  ['the piece of the fork', '000000010000000000000009', false],
  ['after the fork', '00000001000000000000000A', false],
  ['long after the fork, in the next upper half', '000000010000000100000000', false],
  ['the same on the later timeline', '000000020000000000000009', true],
  ['before the fork of that one', '000000020000001A000000FE', true],
  ['the piece of the fork of that one', '000000020000001A000000FF', false],
  ['the newest timeline', '000000030000002000000001', true],
  ['a history', '00000002.history', true],
  ['what the archive does not have', '00000003000000FF000000FF', false],
  ['a history that there is not', '00000004.history', false],
])('%s', (_, file, isGiven) => {
  expect(fetched(file)).toBe(isGiven ? archive[file] || file : undefined);
});

/** In a server that was told so many seconds ago that it is to be promoted. */
function whilePromoted(secondsAgo: number, work: () => void): void {
  const then = Date.now() / 1_000 - secondsAgo;
  writeFileSync(places.promoting, '');
  utimesSync(places.promoting, then, then);
  work();
  rmSync(places.promoting);
}

test('who is being promoted asks for timelines that it does not know, and for nothing else', () => {
  mkdirSync(join(folder, 'pg_wal'));
  writeFileSync(join(folder, 'pg_wal/00000002.history'), '');
  whilePromoted(1, () => {
    expect(fetched('000000020000000000000009')).toBeUndefined();
    expect(fetched('00000002.history')).toBeUndefined();
    expect(fetched('00000003.history')).toBe(archive['00000003.history']);
  });
  whilePromoted(70, () => expect(fetched('000000020000000000000009')).toBeDefined());
  rmSync(join(folder, 'pg_wal'), { recursive: true });
});

test('of a volume it is seen what is not there, in any of its archives', () => {
  const [older, newer] = ['15-1', '15-2'].map(name => join(places.repository, '1f0c9a7e/archive/shop-local-db', name));
  for (const one of [older, newer]) mkdirSync(join(one ?? '', '0000000200000000'), { recursive: true });
  writeFileSync(join(newer ?? '', '0000000200000000/000000020000000000000009-4be1.zst'), '');
  expect(fetched('000000020000000000000009')).toBeDefined();
  expect(fetched('000000010000000000000008')).toBeUndefined();
  expect(fetched('00000003.history')).toBeUndefined();
  writeFileSync(join(older ?? '', '00000003.history'), '');
  expect(fetched('00000003.history')).toBeDefined();
  rmSync(places.repository, { recursive: true });
});
