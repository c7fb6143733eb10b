import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stamped } from '../../verify/docs/stamp/stamp.ts';
import { readFolder, writeFolder } from './folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hf-docs-'));
});
afterEach(() => rm(folder, { recursive: true }));

const rests = { fields: {}, names: [], sections: {} };
const file = (path: string, said: string) => ({
  path,
  text: stamped(path, `${said}\n`, { system: 'shop', environment: 'local', rests }),
});
const first = [file('README.md', 'one'), file('service/web.md', 'web'), file('volume/data.md', 'data')];

test('only what changed is written, and what is gone goes with its folder', async () => {
  expect(await writeFolder(folder, first)).toEqual({
    written: first.map(({ path }) => path),
    removed: [],
    overwritten: [],
  });
  expect(await writeFolder(folder, first)).toEqual({ written: [], removed: [], overwritten: [] });
  const next = [file('README.md', 'two'), file('service/web.md', 'web')];
  expect(await writeFolder(folder, next)).toEqual({
    written: ['README.md'],
    removed: ['volume/data.md'],
    overwritten: [],
  });
  expect(await readdir(folder)).toEqual(['README.md', 'service']);
});

test('what Holdfast did not make is neither overwritten nor removed', async () => {
  await writeFolder(folder, first);
  await writeFile(join(folder, 'volume/notes.md'), 'by hand');
  await writeFile(join(folder, 'README.md'), 'by hand');
  await expect(writeFolder(folder, [file('README.md', 'two')])).rejects.toThrow('README.md is in the way');
  await rm(join(folder, 'README.md'));
  await writeFolder(folder, [file('README.md', 'two')]);
  expect(await readdir(join(folder, 'volume'))).toEqual(['notes.md']);
});

test('a link that stands in the way is refused, and what it leads to stays', async () => {
  await mkdir(join(folder, 'elsewhere'));
  await writeFile(join(folder, 'elsewhere/target'), 'precious');
  await symlink('elsewhere/target', join(folder, 'README.md'));
  await expect(writeFolder(folder, first)).rejects.toThrow('in the way');
  expect(await readFile(join(folder, 'elsewhere/target'), 'utf8')).toBe('precious');
});

test('a page that somebody wrote in is written anew, and told', async () => {
  await writeFolder(folder, first);
  const page = join(folder, 'service/web.md');
  await writeFile(page, (await readFile(page, 'utf8')).replace('web', 'spider'));
  expect(await writeFolder(folder, first)).toMatchObject({
    written: ['service/web.md'],
    overwritten: ['service/web.md'],
  });
});

test('what a run that was killed left is taken away, and is no page', async () => {
  await mkdir(join(folder, 'service'));
  await writeFile(join(folder, 'service/web.md.draft-0123abcd'), 'half a pa');
  expect([...(await readFolder(folder)).keys()]).toEqual([]);
  await writeFolder(folder, first);
  expect(await readdir(join(folder, 'service'))).toEqual(['web.md']);
});

test('pages and a site may share a folder', async () => {
  const site = [file('index.html', 'one'), file('style.css', 'a {}')];
  await writeFolder(folder, first);
  await writeFolder(folder, site);
  expect(await writeFolder(folder, first)).toEqual({ written: [], removed: [], overwritten: [] });
  expect((await readFolder(folder)).size).toBe(5);
});
