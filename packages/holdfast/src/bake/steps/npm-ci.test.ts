import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { made } from './entries.ts';
import { npmInputs, npmTree, tarballsOf } from './npm-ci.ts';
import { entriesOfTarball } from './tarball.ts';
import { stepOf } from './testing/npm-oracle.ts';
import { type Files, pack } from './testing/npm-project.ts';

const text = (content: string, mode: number) => made.file('', mode, Buffer.from(content), content.length, 0);

describe('what npm.ci installs', () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'hf-npm-tree-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  const project = async (manifest: object, packages: object, version = 3): Promise<void> => {
    await writeFile(join(root, 'package.json'), JSON.stringify(manifest));
    const lock = { lockfileVersion: version, packages: { '': manifest, ...packages } };
    await writeFile(join(root, 'package-lock.json'), JSON.stringify(lock));
  };
  /** A project that wants package `a`, whose entry in the lock is given. */
  const wantsA = (entry: object = {}, spec = '^1.0.0') =>
    project({ dependencies: { a: spec } }, { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a', ...entry } });
  const tarballs = () => tarballsOf(root, stepOf('.'), 'amd64');
  async function treeOf(files: Files, scripts: readonly string[] = [], to = '/app') {
    const file = join(root, 'a.tgz');
    await writeFile(file, await pack(files));
    const context = { architecture: 'amd64', files: new Map([['sha512-a', file]]), epoch: 7, scratch: root } as const;
    return npmTree(root, { ...stepOf('.', [], scripts), to }, context);
  }

  test('is of root and of one time, with the folders that lead to it', async () => {
    await wantsA();
    const { entries } = await treeOf({ 'lib/a.js': 'a' }, [], '/srv/app');
    expect(entries.map(({ path, type, mode }) => `${type} ${mode.toString(8)} ${path}`)).toEqual([
      'directory 755 srv/app',
      'directory 755 srv/app/node_modules',
      'directory 755 srv/app/node_modules/a',
      'directory 755 srv/app/node_modules/a/lib',
      'file 644 srv/app/node_modules/a/lib/a.js',
    ]);
    expect(new Set(entries.map(({ uid, gid, mtime }) => `${uid}:${gid} ${mtime}`))).toEqual(new Set(['0:0 7']));
    const atRoot = await treeOf({ 'a.js': 'a' }, [], '/');
    expect(atRoot.entries.map(({ path }) => path)).toEqual(['node_modules', 'node_modules/a', 'node_modules/a/a.js']);
  });

  test('has no bit by which it would become another user', async () => {
    await wantsA();
    const { entries } = await treeOf({ su: text('s', 0o6755) });
    expect(entries.at(-1)?.mode).toBe(0o755);
  });

  test('never lies outside of its place', async () => {
    await wantsA({ bin: { '../../../evil': '../../../../etc/passwd' } });
    await expect(treeOf({ '../../../etc/passwd': 'evil' })).rejects.toMatchObject({
      parts: { why: expect.stringContaining('leads out of it') },
    });
    const { entries } = await treeOf({ 'etc/passwd': 'mine' });
    expect(entries.filter(({ type }) => type === 'symlink')).toMatchObject([
      { path: 'app/node_modules/.bin/evil', link: '../a/etc/passwd' },
    ]);
  });

  test('is no file and a folder at once', async () => {
    await wantsA();
    await expect(treeOf({ x: 'file', 'x/y': 'in it' })).rejects.toThrow('app/node_modules/a/x is a file and a folder');
  });

  test('is not taken from what is no gzip, or ends too early', async () => {
    await wantsA();
    const files = new Map([['sha512-a', join(root, 'a.tgz')]]);
    const context = { architecture: 'amd64', files, epoch: 7, scratch: root } as const;
    const whole = await pack({ a: 'a'.repeat(100_000) });
    for (const bytes of [Buffer.from('no gzip'), whole.subarray(0, whole.length / 2)]) {
      await writeFile(join(root, 'a.tgz'), bytes);
      await expect(npmTree(root, stepOf('.'), context)).rejects.toThrow('an npm package can not be unpacked');
    }
  });

  test('has an end, however small its tarball is', async () => {
    const file = join(root, 'zeros.tgz');
    await writeFile(file, await pack({ zeros: '\0'.repeat(10_000_000) }));
    await expect(entriesOfTarball(file, root, 1_000_000)).rejects.toMatchObject({
      parts: { why: 'it has more than 1000000 bytes' },
    });
    expect(await entriesOfTarball(file, root)).toMatchObject([{ path: 'zeros', size: 10_000_000 }]);
  });

  test('depends on neither the host it came from nor on licences', async () => {
    await wantsA({ resolved: 'https://one.test/a/-/a-1.0.0.tgz', license: 'MIT' });
    const first = await npmInputs(root, stepOf('.'));
    await wantsA({ resolved: 'https://two.test/npm/a/-/a-1.0.0.tgz' });
    expect(await npmInputs(root, stepOf('.'))).toEqual(first);
    await wantsA({ integrity: 'sha512-b' });
    expect(await npmInputs(root, stepOf('.'))).not.toEqual(first);
  });

  test('is fetched by the strongest of its hashes, each once, under the name that the registry has', async () => {
    const entry = { version: '1.0.0', integrity: 'sha1-x sha512-y' };
    await project(
      { dependencies: { a: '1.0.0', b: 'npm:a@1.0.0' } },
      { 'node_modules/a': entry, 'node_modules/b': { ...entry, name: 'a' } },
    );
    expect(await tarballs()).toEqual([{ name: 'a', version: '1.0.0', integrity: 'sha512-y' }]);
  });

  describe('runs scripts of those that are named alone', () => {
    const script = { scripts: { install: 'make', postinstall: "echo 'done'" } };

    test('and tells whose it does not run', async () => {
      await wantsA({ hasInstallScript: true });
      const { scripts } = await treeOf({ 'package.json': JSON.stringify(script) });
      expect(scripts).toEqual({ run: [], left: ['a'] });
    });

    test('in the order and the place in which npm does', async () => {
      await wantsA({ hasInstallScript: true });
      const { scripts } = await treeOf({ 'package.json': JSON.stringify(script) }, ['a']);
      expect(scripts.left).toEqual([]);
      expect(scripts.run).toMatchObject([
        { about: 'a install', workdir: '/app/node_modules/a', command: ['sh', '-c', 'make'] },
        { about: 'a postinstall', command: ['sh', '-c', "echo 'done'"] },
      ]);
      expect(scripts.run[0]?.env.PATH).toMatch(
        /^\/app\/node_modules\/a\/node_modules\/\.bin:\/app\/node_modules\/\.bin:/,
      );
    });

    test('and builds what has a binding.gyp, unless it says how itself', async () => {
      await wantsA({ hasInstallScript: true });
      const lines = async (manifest: object) =>
        (await treeOf({ 'binding.gyp': '{}', 'package.json': JSON.stringify(manifest) }, ['a'])).scripts.run.map(
          ({ command }) => command.at(-1),
        );
      expect(await lines({})).toEqual(['node-gyp rebuild']);
      expect(await lines({ gypfile: false })).toEqual([]);
      expect(await lines({ scripts: { preinstall: 'true' } })).toEqual(['true']);
    });

    test('and refuses a name that is not installed', async () => {
      await wantsA();
      await expect(treeOf({}, ['bcrypt'])).rejects.toMatchObject({
        message: 'npm.ci is to run the scripts of bcrypt, which is not installed',
        exit: 2,
      });
    });
  });

  const a = { version: '1.0.0', integrity: 'sha512-a' };
  test.each([
    ['a lock of version 1', { a: '1.0.0' }, { 'node_modules/a': a }, 1, 'is of version 1'],
    ['a package that the lock lacks', { a: '1.0.0', b: '1.0.0' }, undefined, 3, 'b@1.0.0 is not in the lock'],
    ['a version that is no longer wanted', { a: '^2.0.0' }, undefined, 3, 'a@^2.0.0 is 1.0.0 in the lock'],
    ['a package that is no longer wanted', {}, undefined, 3, 'a is in the lock alone'],
    [
      'a git repository',
      { a: '1.0.0' },
      { 'node_modules/a': { ...a, resolved: 'git+ssh://git@host.test/a.git#1' } },
      3,
      'a comes from git+ssh://host.test/a.git#1',
    ],
    ['a package without a hash', { a: '1.0.0' }, { 'node_modules/a': { version: '1.0.0' } }, 3, 'a has no integrity'],
    [
      'a package for another platform',
      { a: '1.0.0' },
      { 'node_modules/a': { ...a, os: ['win32'] } },
      3,
      'a is not for the platform',
    ],
    [
      'a link out of the folder',
      { a: '1.0.0' },
      { 'node_modules/a': { link: true, resolved: '../a' } },
      3,
      'names ../a, outside of its folder',
    ],
    ['a place out of the folder', { a: '1.0.0' }, { 'node_modules/../../a': a }, 3, 'outside of its folder'],
  ])('%s is refused', async (_, dependencies, packages, version, what) => {
    const locked = { '': { dependencies: { a: '1.0.0' } }, ...(packages ?? { 'node_modules/a': a }) };
    await project({ dependencies }, locked, version);
    await expect(tarballs()).rejects.toMatchObject({ message: expect.stringContaining(what), exit: 2 });
  });

  test('a workspace that wants what the lock does not know is refused', async () => {
    const workspace = { name: 'one', version: '1.0.0' };
    const link = { 'node_modules/one': { link: true, resolved: 'one' }, one: workspace };
    await project({ workspaces: ['one'] }, { ...link });
    await mkdir(join(root, 'one'));
    await writeFile(join(root, 'one/package.json'), JSON.stringify(workspace));
    expect(await tarballs()).toEqual([]);
    await writeFile(join(root, 'one/package.json'), JSON.stringify({ ...workspace, dependencies: { a: '1.0.0' } }));
    await expect(tarballs()).rejects.toThrow('a@1.0.0, which one wants, is not in the lock');
  });

  test('a wider range that the lock still fits is no disagreement', async () => {
    await project({ dependencies: { a: '>=1' } }, { '': { dependencies: { a: '1.0.0' } }, 'node_modules/a': a });
    expect(await tarballs()).toHaveLength(1);
  });

  test.each([
    ['package.json', '{', 'can not be read'],
    ['package.json', undefined, 'is not there'],
    ['package-lock.json', '{"lockfileVersion": 3, "packages": []}', 'can not be read'],
    ['package-lock.json', '<<<<<<< HEAD', 'can not be read'],
    ['package-lock.json', undefined, 'is not there'],
  ])('%s with %j is told as wrong use', async (name, content, what) => {
    await wantsA();
    await (content === undefined ? rm(join(root, name)) : writeFile(join(root, name), content));
    await expect(tarballs()).rejects.toMatchObject({ message: expect.stringContaining(what), exit: 2 });
  });
});
