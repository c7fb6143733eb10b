import { chmod, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestOf } from '../../kit/hash.ts';
import type { StepOf } from '../../model/spec/recipe.ts';
import { FileHashes } from '../file-hashes.ts';
import { copyInputs, copyTree } from './copy.ts';
import { contentOf } from './npm/bins.ts';

const epoch = 1_750_000_000;

describe('a copy', () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'hf-copy-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  const write = async (path: string, text = path, mode = 0o644): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
    await chmod(join(root, path), mode);
  };
  const step = (options: Partial<StepOf<'copy'>> = {}): StepOf<'copy'> => ({
    do: 'copy',
    from: 'app',
    to: '/app',
    owner: '0:0',
    ignore: [],
    ...options,
  });
  const tree = (options?: Partial<StepOf<'copy'>>) =>
    copyTree(root, step(options), { epoch, ids: () => ({ uid: 7, gid: 8 }) });
  const paths = async (options?: Partial<StepOf<'copy'>>) => (await tree(options)).map(({ path }) => path);
  const key = async (options?: Partial<StepOf<'copy'>>) =>
    digestOf(await copyInputs(root, step(options), new FileHashes(join(root, 'hashes.json'))));

  test('puts what is in a folder under the path, of one owner and one time', async () => {
    await write('app/server.js', 'listen()');
    await write('app/lib/deep/util.js');
    await symlink('../../shared/.env', join(root, 'app/lib/env'));
    const entries = await tree();
    expect(entries.map(({ path, type }) => `${type} ${path}`)).toEqual([
      'directory app',
      'directory app/lib',
      'directory app/lib/deep',
      'file app/lib/deep/util.js',
      'symlink app/lib/env',
      'file app/server.js',
    ]);
    expect(new Set(entries.map(({ uid, gid, mtime }) => `${uid}:${gid} ${mtime}`))).toEqual(new Set([`7:8 ${epoch}`]));
    expect(entries.find(({ type }) => type === 'symlink')?.link).toBe('../../shared/.env');
    const server = entries.at(-1);
    expect(server && (await contentOf(server)).toString()).toBe('listen()');
  });

  test('puts a file at the path, and at the root under its name', async () => {
    await write('conf/x.conf');
    expect(await paths({ from: 'conf/x.conf', to: '/etc/y.conf' })).toEqual(['etc/y.conf']);
    expect(await paths({ from: 'conf/x.conf', to: '/' })).toEqual(['x.conf']);
    expect(await paths({ from: 'conf', to: '/' })).toEqual(['x.conf']);
  });

  test('takes of a mode no more than whether it is executable', async () => {
    await write('app/a', 'a', 0o600);
    await write('app/b', 'b', 0o777);
    await write('app/c', 'c', 0o666);
    await chmod(join(root, 'app'), 0o700);
    const modes = async (mode?: string) =>
      (await tree(mode === undefined ? {} : { mode })).map(entry => entry.mode.toString(8));
    expect(await modes()).toEqual(['755', '644', '755', '644']);
    expect(await modes('0640')).toEqual(['750', '640', '640', '640']);
    expect(await modes('0600')).toEqual(['700', '600', '600', '600']);
  });

  test('leaves out what never belongs into an image, and what the rules say', async () => {
    for (const path of ['.git/HEAD', 'node_modules/pg/index.js', 'lib/node_modules/x.js', '.holdfast/local/key'])
      await write(`app/${path}`);
    await write('app/.dockerignore', 'secret\nlogs\n!logs/keep\n!node_modules\n');
    for (const path of ['secret', 'logs/a', 'logs/keep', 'src/a.test.ts', 'src/a.ts']) await write(`app/${path}`);
    expect(await paths({ ignore: ['**/*.test.ts', '!secret'] })).toEqual([
      'app',
      'app/.dockerignore',
      'app/lib',
      'app/logs',
      'app/logs/keep',
      'app/secret',
      'app/src',
      'app/src/a.ts',
    ]);
  });

  test('leaves out sockets', async () => {
    await write('app/a');
    const server = createServer().listen(join(root, 'app/socket'));
    await new Promise(resolve => server.on('listening', resolve));
    expect(await paths()).toEqual(['app', 'app/a']);
    await new Promise(resolve => server.close(resolve));
  });

  test('depends on content, on what is executable and on where links lead; not on times and other modes', async () => {
    await write('app/a', 'one');
    await symlink('a', join(root, 'app/link'));
    const first = await key();
    await utimes(join(root, 'app/a'), 1, 1);
    await chmod(join(root, 'app/a'), 0o600);
    expect(await key()).toBe(first);
    await chmod(join(root, 'app/a'), 0o700);
    const executable = await key();
    await write('app/a', 'two', 0o700);
    const other = await key();
    await rm(join(root, 'app/link'));
    await symlink('b', join(root, 'app/link'));
    expect(new Set([first, executable, other, await key()]).size).toBe(4);
  });

  test('of what is not there is told as wrong use', async () => {
    await expect(tree()).rejects.toMatchObject({ message: 'app is not there', exit: 2 });
    await expect(key()).rejects.toMatchObject({ message: 'app is not there', exit: 2 });
  });
});
