import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { TreeEntry } from '../../kit/tree.ts';
import type { StepOf } from '../../model/spec/recipe.ts';
import type { ImageTree } from '../../ports/image-tree.ts';
import { made } from './entries.ts';
import { contentOf } from './npm/bins.ts';
import { idsOf, userTree } from './user.ts';

const epoch = 1_750_000_000;

const debianFiles = {
  'etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\n',
  'etc/group': 'root:x:0:\nwww-data:x:33:\nstaff:x:50:\n',
  'etc/shadow': 'root:*:20000:0:99999:7:::\nwww-data:*:20000:0:99999:7:::\n',
  'etc/gshadow': 'root:*::\nwww-data:*::\nstaff:*::\n',
};

function treeOf(files: Readonly<Record<string, string>>): ImageTree {
  const entries = new Map(
    Object.entries(files).map(([path, text]) => [path, made.file(path, 0o640, Buffer.from(text), text.length, 1)]),
  );
  return {
    entry: path => entries.get(path),
    read: async path => {
      const entry = entries.get(path);
      return entry && contentOf(entry);
    },
    entries: () => entries.values(),
  };
}

const step = (options: Partial<StepOf<'user'>> = {}): StepOf<'user'> => ({
  do: 'user',
  name: 'app',
  uid: 10_001,
  home: '/nonexistent',
  shell: '/usr/sbin/nologin',
  ...options,
});

const texts = async (entries: readonly TreeEntry[]): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries(
    await Promise.all(entries.map(async entry => [entry.path, (await contentOf(entry)).toString()] as const)),
  );

/** Of Debian's /etc/login.defs what useradd takes into the shadow files. */
const loginDefs = 'PASS_MAX_DAYS\t99999\nPASS_MIN_DAYS\t0\nPASS_WARN_AGE\t7\n';

/** What the machine's own useradd makes of the files. */
async function byUseradd(files: typeof debianFiles): Promise<Readonly<Record<string, string>>> {
  const root = await mkdtemp(join(tmpdir(), 'hf-useradd-'));
  try {
    await mkdir(join(root, 'etc'));
    await Promise.all(Object.entries(files).map(([path, text]) => writeFile(join(root, path), text)));
    await writeFile(join(root, 'etc/login.defs'), loginDefs);
    const options = ['--prefix', root, '--user-group', '--no-create-home', '--uid', '10001'];
    const env = { ...process.env, SOURCE_DATE_EPOCH: String(epoch) };
    const account = ['--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', 'app'];
    await promisify(execFile)('/usr/sbin/useradd', [...options, ...account], { env });
    const paths = Object.keys(files);
    return Object.fromEntries(
      await Promise.all(paths.map(async path => [path, await readFile(join(root, path), 'utf8')] as const)),
    );
  } finally {
    await rm(root, { recursive: true });
  }
}

describe('a user', () => {
  test('is added as useradd does', async () => {
    const entries = await userTree(treeOf(debianFiles), step(), { epoch });
    expect(await texts(entries)).toEqual(await byUseradd(debianFiles));
    expect(entries.map(({ mode, mtime }) => [mode, mtime])).toEqual(entries.map(() => [0o640, epoch]));
  });

  test('that is there with its id changes nothing', async () => {
    expect(await userTree(treeOf(debianFiles), step({ name: 'www-data', uid: 33 }), { epoch })).toEqual([]);
  });

  test.each([
    ['the name of another id', { name: 'www-data' }, 'user www-data has the id 33'],
    ['the id of another name', { uid: 33 }, 'user www-data has the id 33'],
    ["a group's id", { uid: 50 }, 'group staff has the id 50'],
    ["a group's name", { name: 'staff' }, 'group staff has the id 50'],
  ])('with %s is refused', async (_, options, why) => {
    await expect(userTree(treeOf(debianFiles), step(options), { epoch })).rejects.toMatchObject({
      exit: 2,
      parts: { why: expect.stringContaining(why) },
    });
  });

  test('whose group is there already joins it', async () => {
    const tree = treeOf({ ...debianFiles, 'etc/group': `${debianFiles['etc/group']}app:x:10001:` });
    const paths = (await userTree(tree, step(), { epoch })).map(({ path }) => path);
    expect(paths).toEqual(['etc/passwd', 'etc/shadow']);
  });

  test('that follows from a name takes whoever has it, else the next free id', async () => {
    const implied = { epoch, isImplied: true };
    expect(await userTree(treeOf(debianFiles), step({ name: 'www-data' }), implied)).toEqual([]);
    const { 'etc/passwd': passwd } = await texts(await userTree(treeOf(debianFiles), step({ uid: 33 }), implied));
    expect(passwd).toContain('\napp:x:34:34::/nonexistent:/usr/sbin/nologin\n');
  });

  test('is added to files without an end of line, and to those that are there alone', async () => {
    const tree = treeOf({ 'etc/passwd': 'root:x:0:0::/root:/bin/sh' });
    expect(await texts(await userTree(tree, step(), { epoch }))).toEqual({
      'etc/passwd': 'root:x:0:0::/root:/bin/sh\napp:x:10001:10001::/nonexistent:/usr/sbin/nologin\n',
    });
  });
});

describe('an owner', () => {
  test.each([
    ['www-data', { uid: 33, gid: 33 }],
    ['root', { uid: 0, gid: 0 }],
    ['1000', { uid: 1000, gid: 1000 }],
    ['1000:50', { uid: 1000, gid: 50 }],
  ])('%s is known by its ids', async (owner, ids) => {
    expect(await idsOf(treeOf(debianFiles), owner)).toEqual(ids);
  });

  test('that the image does not know is refused', async () => {
    await expect(idsOf(treeOf(debianFiles), 'nginx')).rejects.toMatchObject({
      message: 'no user is called nginx in the image',
      exit: 2,
    });
  });
});
