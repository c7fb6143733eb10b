import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FactDraft } from '../../journal/fact.ts';
import { openSqliteJournal } from '../../journal/sqlite-journal.ts';
import type { SystemModel } from '../../model/system-model.ts';
import { reachableIn } from './reachable.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hf-reachable-'));
  await mkdir(join(folder, 'users'));
});
afterEach(() => rm(folder, { recursive: true }));

const stateFolder = (): string => join(folder, 'state');

async function journalWith(name: string, facts: readonly FactDraft[]): Promise<void> {
  const path = join(folder, `${name}.db`);
  await using journal = await openSqliteJournal(path, { stateFolder: stateFolder() });
  await journal.append(facts);
  await note(name, path);
}

const note = (name: string, journal: string) =>
  writeFile(join(folder, 'users', `${name}.json`), JSON.stringify({ root: folder, journal }));

const scope = { system: 'shop', environment: 'local' } as const;

const modelOf = (inputs: string): SystemModel => ({
  format: 1,
  name: 'shop',
  environment: 'local',
  resources: [
    {
      kind: 'image',
      name: 'web',
      engine: 'default',
      needs: [],
      spec: { source: { from: 'archive', path: 'a.tar' }, inputs },
    },
  ],
});

const released = (release: string, outcome: 'kept' | 'rolled-back'): readonly FactDraft[] => [
  { kind: 'release.begun', ...scope, release, payload: { model: modelOf(`inputs of ${release}`), verb: 'up' } },
  { kind: 'release.ended', ...scope, release, payload: { outcome, milliseconds: 1 } },
];

const sealed = (inputs: string): FactDraft => ({
  kind: 'image.sealed',
  ...scope,
  payload: { image: 'image/web', inputs, digest: `sha256:${inputs}`, record: '', checks: 1, milliseconds: 1 },
});

test('kept releases and the newest seal of each image are wanted, of all who use the store', async () => {
  await journalWith('one', [...released('a', 'kept'), ...released('b', 'rolled-back'), sealed('old'), sealed('new')]);
  await journalWith('two', [...released('c', 'kept')]);
  const { inputs, sealed: digests } = await reachableIn(folder);
  expect([...inputs].sort()).toEqual(['inputs of a', 'inputs of c', 'new']);
  expect([...digests]).toEqual(['sha256:new']);
});

test('only the last ten releases are wanted', async () => {
  const names = Array.from({ length: 12 }, (_, nth) => `r${String(nth).padStart(2, '0')}`);
  await journalWith(
    'one',
    names.flatMap(name => [...released(name, 'kept')]),
  );
  const { inputs } = await reachableIn(folder);
  expect([...inputs].sort()).toEqual(names.slice(2).map(name => `inputs of ${name}`));
});

test('a journal in a database that can’t be asked is a problem, unless who asks has it open', async () => {
  const name = 'postgres://ada@127.0.0.1:9/holdfast';
  await note('team', name);
  expect((await reachableIn(folder, name)).inputs.size).toBe(0);
  await expect(reachableIn(folder)).rejects.toMatchObject({ exit: 3, parts: { where: name } });
});

test('a journal that is no longer there wants nothing, and is forgotten', async () => {
  await note('gone', join(folder, 'gone.db'));
  expect((await reachableIn(folder)).inputs.size).toBe(0);
  expect(await readdir(join(folder, 'users'))).toEqual([]);
});

test('a journal that can’t be read stops all, and is named', async () => {
  await journalWith('one', [...released('a', 'kept')]);
  const broken = join(folder, 'broken.db');
  await writeFile(broken, 'no database at all, whatever its name says');
  await note('broken', broken);
  await expect(reachableIn(folder)).rejects.toMatchObject({
    parts: { where: broken, what: expect.stringContaining('nothing is pruned') },
  });
  expect(existsSync(join(folder, 'users/broken.json'))).toBe(true);
  await writeFile(join(folder, 'users/broken.json'), '{}');
  await expect(reachableIn(folder)).rejects.toMatchObject({ exit: 3 });
});

test('a store that nobody has used yet wants nothing', async () => {
  expect((await reachableIn(join(folder, 'none'))).inputs.size).toBe(0);
});
