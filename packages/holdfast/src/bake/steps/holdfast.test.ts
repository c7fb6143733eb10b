import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestOf } from '../../kit/hash.ts';
import { FileHashes } from '../file-hashes.ts';
import { holdfastInputs, holdfastTree } from './holdfast.ts';

const step = { do: 'holdfast', to: '/opt/holdfast' } as const;
const root = { uid: 0, gid: 0 };

describe('the step that adds the command itself', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hf-step-'));
    for (const path of ['package.json', 'bin/holdfast.js', 'dist/bundle/main.js', 'dist/index.d.ts', 'src/index.ts'])
      await write(path);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const write = async (path: string, text = path, mode = 0o644): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
    await chmod(join(folder, path), mode);
  };
  const key = async () => digestOf(await holdfastInputs(folder, step, new FileHashes(join(folder, 'hashes.json'))));

  test('brings what the command runs from and nothing else of the package, and puts it on the path', async () => {
    const tree = await holdfastTree(folder, step, { epoch: 1_750_000_000, ids: () => root });
    const files = tree.filter(({ type }) => type !== 'directory');
    expect(files.map(({ path, mode, link }) => [path, mode.toString(8), link])).toEqual([
      ['opt/holdfast/package.json', '644', undefined],
      ['opt/holdfast/bin/holdfast.js', '755', undefined],
      ['opt/holdfast/dist/bundle/main.js', '644', undefined],
      ['usr/local/bin/holdfast', '777', '/opt/holdfast/bin/holdfast.js'],
    ]);
    expect(new Set(tree.map(({ uid, gid, mtime }) => `${uid}:${gid} ${mtime}`))).toEqual(new Set(['0:0 1750000000']));
  });

  test('depends on the content of that and on nothing else', async () => {
    const first = await key();
    await write('src/index.ts', 'another');
    await write('dist/index.d.ts', 'another');
    expect(await key()).toBe(first);
    const others = [];
    for (const path of ['package.json', 'bin/holdfast.js', 'dist/bundle/main.js', 'dist/bundle/run-x.js']) {
      await write(path, 'another');
      others.push(await key());
    }
    expect(new Set([first, ...others]).size).toBe(5);
  });
});
