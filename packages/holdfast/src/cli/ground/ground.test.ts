import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultConfig } from '../../model/environment/config.ts';
import type { Environment } from '../../model/environment/environment.ts';
import { environmentNamed } from './environment.ts';
import { findProject, labelOf, mustFindProject } from './project.ts';
import { stateOf } from './state.ts';
import { Stopped, untilStopped } from './stopping.ts';

describe('a project', () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'hf-ground-'));
    await mkdir(join(root, 'app/src'), { recursive: true });
    await writeFile(join(root, 'system.ts'), '');
  });
  afterEach(() => rm(root, { recursive: true }));

  test('is found from anywhere inside of it', () => {
    const found = { root, file: join(root, 'system.ts') };
    expect(findProject(join(root, 'app/src'))).toEqual(found);
    expect(findProject('/', root)).toEqual(found);
    expect(findProject(join(root, 'app'), '../system.ts')).toEqual(found);
  });

  test('the nearest one is meant', async () => {
    await writeFile(join(root, 'app/system.js'), '');
    expect(findProject(join(root, 'app/src'))?.file).toBe(join(root, 'app/system.js'));
  });

  test('that is not there is told, by what was asked for', () => {
    expect(() => mustFindProject('/')).toThrow('there is no system.ts here');
    expect(() => mustFindProject(root, 'other.ts')).toThrow('there is no other.ts');
  });

  test.each([
    ['/home/ada/My Shop', 'my-shop'],
    ['/home/ada/2nd.try', 'nd-try'],
    ['/home/ada/---', 'hello'],
  ])('a system in %s is called %s', (folder, name) => {
    expect(labelOf(folder)).toBe(name);
  });
});

describe('an environment', () => {
  const [local] = defaultConfig().environments as [Environment];

  test('is known by its name, and a misspelt one is told', () => {
    expect(environmentNamed('local', defaultConfig())).toMatchObject({ name: 'local' });
    expect(() => environmentNamed('lokal', defaultConfig())).toThrow('there is no environment "lokal"');
  });

  test('keeps its state in the folder of the project, or its journal where it says', () => {
    expect(stateOf('/shop', local).journal.shown).toBe('/shop/.holdfast/local/journal.db');
    expect(stateOf('/shop', local).secrets).toEqual({
      shared: '/shop/secrets/local.age',
      own: '/shop/.holdfast/local/secrets.age',
      clear: '/shop/.holdfast/local/secrets',
    });
    for (const journal of ['/srv/team.db', 'sqlite:///srv/team.db', 'sqlite:/srv/team.db', 'file:/srv/team.db'])
      expect(stateOf('/shop', { ...local, journal }).journal.shown).toBe('/srv/team.db');
    expect(stateOf('/shop', { ...local, journal: 'sqlite:team.db' }).journal.shown).toBe('/shop/team.db');
    const team = stateOf('/shop', { ...local, journal: 'postgres://ada:open-sesame@db.example/holdfast' });
    expect(team.journal.shown).toBe('postgres://ada@db.example/holdfast');
  });
});

describe('what only looks', () => {
  test('ends at once when it is to stop', async () => {
    const stop = new AbortController();
    const endless = untilStopped(new Promise(() => {}), stop.signal);
    stop.abort(new Stopped('SIGTERM'));
    await expect(endless).rejects.toMatchObject({ by: 'SIGTERM', exit: 143 });
  });

  test('gives what it found', async () => {
    expect(await untilStopped(Promise.resolve('found'), new AbortController().signal)).toBe('found');
  });
});
