import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Architecture } from '../../ports/distribution.ts';
import { made } from './entries.ts';
import { npmCache, npmListing, type Omit, ourListing } from './testing/npm-oracle.ts';
import { type NpmGround, npmGround } from './testing/npm-project.ts';

const text = (content: string, mode: number) => made.file('', mode, Buffer.from(content), content.length, 0);

/** Packages with what makes installing hard, all of our own making. */
async function published(ground: NpmGround): Promise<void> {
  const { publish } = ground;
  const script = '#!/usr/bin/env node\nconsole.log(1)\n';
  const integrity = await publish({ name: 'leaf', version: '1.0.0' }, { 'index.js': 'one' });
  await publish({ name: 'leaf', version: '2.0.0', bin: './leaf.js' }, { 'leaf.js': script });
  await publish(
    { name: '@scope/tool', version: '1.0.0', bin: { tool: 'bin/tool', '../../up': './bin/tool', none: 'x' } },
    {
      'bin/tool': '#!/bin/sh\r\necho tool\r\n',
      '.gitignore': 'dist\n',
      'sub/.gitignore': 'a',
      'sub/.npmignore': 'b',
    },
  );
  await publish(
    { name: 'modes', version: '1.0.0' },
    {
      open: text('o', 0o777),
      closed: text('c', 0o400),
      owner: text('x', 0o744),
      link: made.symlink('', 'open', 0),
      hard: { ...made.symlink('', 'package/open', 0), type: 'hardlink' },
      empty: made.directory('', 0),
    },
  );
  await publish({ name: 'old', version: '1.0.0', dependencies: { leaf: '^1.0.0' } });
  await publish(
    {
      name: 'bundler',
      version: '1.0.0',
      bundleDependencies: ['inner'],
      dependencies: { inner: '1.0.0', leaf: '^1.0.0' },
    },
    {
      'node_modules/inner/package.json': '{"name":"inner","version":"1.0.0","bin":"cli.js"}',
      'node_modules/inner/cli.js': script,
    },
  );
  await publish({ name: 'inner', version: '1.0.0', bin: 'cli.js' }, { 'cli.js': 'not this one' });
  await publish(
    { name: 'native', version: '1.0.0', scripts: { install: 'make' }, hasInstallScript: true },
    { 'binding.gyp': '{}' },
  );
  const platforms = ['linux-x64', 'linux-arm64', 'darwin-arm64'].map(name => name.split('-'));
  for (const [os = '', cpu = ''] of platforms)
    await publish({ name: `@fast/${os}-${cpu}`, version: '1.0.0', os: [os], cpu: [cpu] }, { lib: os + cpu });
  await publish({ name: '@fast/linux-x64-musl', version: '1.0.0', os: ['linux'], cpu: ['x64'], libc: ['musl'] });
  await publish({
    name: 'only-mac',
    version: '1.0.0',
    os: ['darwin'],
    dependencies: { 'for-mac': '1.0.0', leaf: '1.0.0' },
  });
  await publish({ name: 'for-mac', version: '1.0.0' });
  await publish({ name: 'needs-mac', version: '1.0.0', dependencies: { 'only-mac': '1.0.0' } });
  await publish({ name: 'a-rival', version: '1.0.0', bin: { tool: 'rival' } }, { rival: text(script, 0o755) });
  const leaf = { 'node_modules/leaf': { version: '1.0.0', integrity } };
  const shrinkwrap = { lockfileVersion: 3, packages: { '': { dependencies: { leaf: '^1.0.0' } }, ...leaf } };
  await publish(
    { name: 'shrunk', version: '1.0.0', dependencies: { leaf: '^1.0.0' }, _hasShrinkwrap: true },
    { 'npm-shrinkwrap.json': JSON.stringify({ name: 'shrunk', version: '1.0.0', requires: true, ...shrinkwrap }) },
  );
  await publish({ name: 'not-windows', version: '1.0.0', os: ['!win32'] });
  const names = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'linux-x64-musl'].map(name => `@fast/${name}`);
  await publish({
    name: 'fast',
    version: '1.0.0',
    optionalDependencies: Object.fromEntries(names.map(name => [name, '1.0.0'])),
  });
  await publish({
    name: 'peering',
    version: '1.0.0',
    peerDependencies: { host: '^1.0.0', may: '1.0.0' },
    peerDependenciesMeta: { may: { optional: true } },
  });
  await publish({ name: 'host', version: '1.3.0' });
  await publish({ name: 'may', version: '1.0.0' });
}

const manifest = {
  name: 'project',
  version: '1.0.0',
  bundleDependencies: ['old'],
  workspaces: ['packages/*'],
  dependencies: {
    leaf: '^2.0.0',
    old: '1.0.0',
    bundler: '1.0.0',
    modes: '1.0.0',
    'a-rival': '1.0.0',
    shrunk: '1.0.0',
    also: 'npm:leaf@1.0.0',
    peering: '1.0.0',
    local: 'file:lib/local',
  },
  devDependencies: { '@scope/tool': '^1.0.0', 'not-windows': '1.0.0' },
  optionalDependencies: { fast: '1.0.0', 'needs-mac': '1.0.0', 'only-mac': '1.0.0', native: '1.0.0' },
};

const files = {
  'package.json': manifest,
  'packages/one/package.json': {
    name: 'one',
    version: '1.0.0',
    bin: 'run.js',
    dependencies: { two: '1.0.0', leaf: '1.0.0' },
  },
  'packages/one/run.js': '#!/usr/bin/env node\n',
  'packages/two/package.json': { name: 'two', version: '1.0.0', devDependencies: { host: '1.3.0' } },
  'lib/local/package.json': { name: 'local', version: '1.0.0', dependencies: { may: '1.0.0' } },
};

describe('npm.ci', () => {
  let ground: NpmGround;
  beforeAll(async () => {
    ground = await npmGround();
    await published(ground);
    await ground.write(files);
    await ground.lock();
  }, 30_000);
  afterAll(() => ground[Symbol.asyncDispose]());

  const cases: readonly (readonly [Omit, Architecture])[] = [
    [[], 'amd64'],
    [['dev'], 'arm64'],
    [['dev', 'optional', 'peer'], 'amd64'],
  ];
  test.each(cases)(
    'puts there what npm ci does, leaving out %j, for %s',
    { timeout: 30_000 },
    async (omit, machine) => {
      const theirs = await npmListing(ground.folder, omit, ground.env, machine);
      expect(await ourListing(ground.folder, omit, ground.cache, machine)).toEqual(theirs);
      expect(Object.keys(theirs).length).toBeGreaterThan(40);
    },
  );
});

/** Packages of the real registry, from npm's cache where they are in it. */
test('the example shop has the packages that npm ci installs', { timeout: 60_000 }, async () => {
  const app = join(import.meta.dirname, '../../../../../examples/shop/app');
  const theirs = await npmListing(app, ['dev']);
  expect(await ourListing(app, ['dev'], await npmCache())).toEqual(theirs);
  expect(theirs).toHaveProperty(['node_modules/pg/package.json']);
});
