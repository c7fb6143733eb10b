import { describe, expect, test } from 'vitest';
import type { ImageConfig } from '../../model/spec/recipe.ts';
import { entryOf, folder, link, program, type Told, treeWith } from '../seal/testing/tree.ts';
import { compareImages, isSame } from './compare-images.ts';
import { fileChanges } from './file-changes.ts';

const settings: ImageConfig = {
  env: { NODE_ENV: 'production' },
  labels: {},
  ports: [8080],
  user: 'app',
  command: ['node', 'a.js'],
};

const status = (...packages: string[]): string =>
  packages
    .map(
      one =>
        `Package: ${one.split(' ')[0]}\nStatus: install ok installed\nVersion: ${one.split(' ')[1]}\nArchitecture: amd64\n`,
    )
    .join('\n');

const npm = (name: string, version: string): string => JSON.stringify({ name, version });

type Tree = Readonly<Record<string, Told>>;

const before: Tree = {
  'etc/os-release': 'ID=debian\nVERSION_ID=12\n',
  'var/lib/dpkg/status': status('nginx 1.22.1-9', 'openssl 3.0.15', 'gone 1'),
  'var/lib/dpkg/info/nginx.list': '/.\n/usr\n/usr/sbin\n/usr/sbin/nginx\n/bin/helper\n',
  'usr/sbin/nginx': program('\x7fELF one'),
  'usr/bin/helper': program(),
  'usr/bin/su': { ...(program() as object), mode: 0o755 },
  'app/a.js': 'one',
  'app/config': 'same',
  'app/link': link('a.js'),
  'app/node_modules/zod/package.json': npm('zod', '4.0.0'),
  'app/node_modules/ms/package.json': npm('ms', '2.0.0'),
};

const after: Tree = {
  ...before,
  'var/lib/dpkg/status': status('nginx 1.22.1-9+deb12u1', 'openssl 3.0.15', 'curl 7.88'),
  'usr/sbin/nginx': program('\x7fELF two'),
  'usr/bin/helper': { ...(program() as object), uid: 5 },
  'usr/bin/su': { ...(program() as object), mode: 0o4755 },
  'app/a.js': 'two and more',
  'app/link': link('b.js'),
  'app/new': folder(),
  'app/node_modules/zod/package.json': npm('zod', '4.6.7'),
  'app/node_modules/zod/node_modules/ms/package.json': npm('ms', '3.0.0'),
};

async function difference(a: Tree, b: Tree, of: ImageConfig = settings, limit?: number) {
  await using one = await treeWith(a);
  await using other = await treeWith(b);
  return await compareImages({ settings, tree: one }, { settings: of, tree: other }, limit);
}

describe('two images', () => {
  test('differ in packages, by name and version', async () => {
    expect((await difference(before, after)).packages).toEqual([
      { kind: 'debian', name: 'curl', from: [], to: ['7.88'] },
      { kind: 'debian', name: 'gone', from: ['1'], to: [] },
      { kind: 'debian', name: 'nginx', from: ['1.22.1-9'], to: ['1.22.1-9+deb12u1'] },
      { kind: 'npm', name: 'ms', from: ['2.0.0'], to: ['2.0.0', '3.0.0'] },
      { kind: 'npm', name: 'zod', from: ['4.0.0'], to: ['4.6.7'] },
    ]);
  });

  test('differ in files, each with those that it belongs to', async () => {
    const { files } = await difference(before, after);
    const told = files.map(({ owner, files }) => [
      owner,
      ...files.map(({ change, path, from, to }) => `${change} ${path} ${from}→${to}`),
    ]);
    expect(Object.fromEntries(told.map(([owner, ...all]) => [owner, all]))).toEqual({
      'folder /app': ['content /app/a.js →', 'attributes /app/link link a.js→link b.js', 'added /app/new →'],
      'folder /usr/bin': ['attributes /usr/bin/su mode 0755→mode 4755'],
      'npm package ms': ['added /app/node_modules/zod/node_modules/ms/package.json →'],
      'npm package zod': ['content /app/node_modules/zod/package.json →'],
      'package nginx': ['attributes /usr/bin/helper owner 0:0→owner 5:0', 'content /usr/sbin/nginx →'],
      'the database of packages': ['content /var/lib/dpkg/status →'],
    });
  });

  test('differ in what runs as its owner, in size, and in settings', async () => {
    const { user: _, ...rest } = settings;
    const other: ImageConfig = { ...rest, env: { NODE_ENV: 'test', A: '1' }, ports: [80], command: ['node', 'b.js'] };
    const told = await difference(before, after, other);
    expect(told.setId).toEqual({ added: ['/usr/bin/su'], removed: [] });
    expect(told.size.to).toBeGreaterThan(told.size.from);
    expect(told.settings).toEqual([
      { setting: 'command', from: '["node","a.js"]', to: '["node","b.js"]' },
      { setting: 'env A', to: '1' },
      { setting: 'env NODE_ENV', from: 'production', to: 'test' },
      { setting: 'port 80', to: 'declared' },
      { setting: 'port 8080', from: 'declared' },
      { setting: 'user', from: 'app' },
    ]);
  });

  test('count all, and name the first', async () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`srv/data/${index}`, 'x']));
    const [group] = (await difference({}, many, settings, 3)).files;
    expect(group).toMatchObject({
      owner: 'folder /srv/data',
      count: { added: 50, removed: 0, content: 0, attributes: 0 },
    });
    expect(group?.files.length).toBe(3);
  });

  test('are the same where only times differ, unless those are asked for', async () => {
    const later = { ...before, 'app/a.js': { ...entryOf('app/a.js', 'one'), mtime: 1 } };
    expect(isSame(await difference(before, later))).toBe(true);
    expect(isSame(await difference(before, after))).toBe(false);
    await using one = await treeWith(before);
    await using other = await treeWith(later);
    expect(await fileChanges(one, other, true)).toEqual([
      {
        path: '/app/a.js',
        change: 'attributes',
        from: ['time 2023-11-14T22:13:20.000Z'],
        to: ['time 1970-01-01T00:00:01.000Z'],
      },
    ]);
  });
});
