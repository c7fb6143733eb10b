import { execFileSync } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readlink, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bounds, type FileSeen, type WantedFile } from '../../../ports/looking/snapshot.ts';
import { find } from './find.ts';
import { holdFolder } from './folder.ts';
import { lookAtFile, lookIntoFolder } from './look-at-file.ts';
import { type Tree, treeAt } from './tree.ts';

const onLinux = describe.runIf(process.platform === 'linux');

let place: string;
let root: string;

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'hf-facts-'));
  root = join(place, 'root');
  await mkdir(join(root, 'etc'), { recursive: true });
  await writeFile(join(place, 'secret'), 'of the machine');
  await writeFile(join(root, 'etc/passwd'), 'of the container');
});
afterEach(() => rm(place, { recursive: true }));

async function within<T>(work: (tree: Tree) => Promise<T>, late = new AbortController().signal): Promise<T> {
  await using handle = await holdFolder(root);
  await using tree = treeAt(handle, late);
  return await work(tree);
}

const look = (path: string, more: Partial<WantedFile> = { content: true }, late?: AbortSignal): Promise<FileSeen> =>
  within(tree => lookAtFile(tree, { path, ...more }), late);

async function textAt(path: string): Promise<string> {
  const seen = await look(path);
  const content = 'file' in seen ? seen.file.content : undefined;
  return content && 'bytes' in content ? Buffer.from(content.bytes).toString() : JSON.stringify(content ?? seen);
}

async function link(path: string, to: string): Promise<void> {
  await folders(dirname(path));
  await symlink(to, join(root, path));
}

/** Made one by one, and never by way of a link: it may lead out, and the machine's own tree would get them. */
async function folders(path: string): Promise<void> {
  if (path === '.') return;
  await folders(dirname(path));
  await mkdir(join(root, path)).catch(() => {});
  if (!(await lstat(join(root, path))).isDirectory()) throw new Error(`${path} is no folder`);
}

onLinux('a path leads', () => {
  test.each([
    ['a link to an absolute path', 'app/passwd', '/etc/passwd'],
    ['a link above the root', 'app/passwd', '../../../../../../etc/passwd'],
    ['a link to itself by way of a folder', 'app/passwd', '../app/../etc/passwd'],
  ])('by %s to what is inside', async (_, path, to) => {
    await link(path, to);
    expect(await textAt(`/${path}`)).toBe('of the container');
  });

  test('above the root no farther than the root', async () => {
    expect(await textAt('/../../etc/../../etc/./passwd')).toBe('of the container');
    expect(await look('/../secret')).toEqual({ missing: 'there is none' });
    await link('app/out', join(place, 'secret'));
    expect(await look('/app/out')).toEqual({
      missing: `a symbolic link to ${join(place, 'secret')}, which is not there`,
    });
  });

  test('through a link to a folder, and says what its own link says', async () => {
    await link('app/current', 'releases/7');
    await link('app/releases/7', '/etc');
    await link('app/who', 'current/passwd');
    expect(await textAt('/app/current/passwd')).toBe('of the container');
    expect(await look('/app/current/passwd', {})).toMatchObject({ file: { type: 'file' } });
    expect(await look('/app/current/passwd', {})).not.toHaveProperty('file.link');
    expect(await look('/app/who', {})).toMatchObject({ file: { type: 'file', link: 'current/passwd' } });
    expect(await look('/app/current', {})).toMatchObject({ file: { type: 'directory', link: 'releases/7' } });
  });

  test('in a circle, and no farther than the kernel goes', async () => {
    await link('round', '/round');
    expect(await look('/round')).toEqual({ missing: 'a symbolic link to /round, which leads in a circle' });
    await link('0', '/etc/passwd');
    for (let number = 1; number <= bounds.links; number += 1) await link(String(number), String(number - 1));
    expect(await textAt(`/${bounds.links - 1}`)).toBe('of the container');
    expect(await look(`/${bounds.links}`)).toMatchObject({ missing: expect.stringContaining('in a circle') });
  });

  test('nowhere through a file', async () => {
    expect(await look('/etc/passwd/x')).toEqual({ missing: 'there is none' });
    expect(await look('/')).toMatchObject({ file: { type: 'directory' } });
  });

  test('never out of the tree, however links are laid', async () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const part = fc.constantFrom('a', 'b', 'c', '..', '.', 'etc', 'secret');
    const way = fc.tuple(fc.constantFrom('', '/', `${place}/`), fc.array(part, { minLength: 1, maxLength: 7 }));
    const laid = fc.array(fc.tuple(fc.array(name, { minLength: 1, maxLength: 3 }), way), { maxLength: 8 });
    const asked = fc.array(part, { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(laid, asked, async (links, path) => {
        for (const name of ['a', 'b', 'c']) await rm(join(root, name), { recursive: true, force: true });
        for (const [at, [start, to]] of links) await link(at.join('/'), start + to.join('/')).catch(() => {});
        await within(async tree => {
          const found = await find(tree, `/${path.join('/')}`);
          if ('lost' in found) return;
          const where = await readlink(`/proc/self/fd/${found.folder.handle.fd}`);
          expect(`${where}/`.startsWith(`${root}/`)).toBe(true);
        });
      }),
      { numRuns: 200 },
    );
  });
});

onLinux('a file', () => {
  test('is read no farther than the bound, and its checksum to its end', async () => {
    await truncate(join(root, 'etc/passwd'), bounds.content + 1);
    const [sum] = execFileSync('sha256sum', [join(root, 'etc/passwd')], { encoding: 'utf8' }).split(' ');
    expect(await look('/etc/passwd', { content: true, checksum: true })).toMatchObject({
      file: {
        size: bounds.content + 1,
        content: { unknown: 'it is larger than 16 MiB' },
        checksum: { text: sum },
      },
    });
  });

  test('that waits for a writer is not opened', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')]);
    const seen = await look('/pipe', { content: true, checksum: true });
    expect(seen).toMatchObject({ file: { type: 'pipe' } });
    expect(seen).not.toHaveProperty('file.content');
  });

  test('is not read when nobody waits any more', async () => {
    await expect(look('/etc/passwd', { content: true }, AbortSignal.abort())).rejects.toThrow(/abort/);
  });
});

onLinux('a folder', () => {
  test('tells what is inside to the last folder, links not followed', async () => {
    await link('etc/deep/machine', place);
    const seen = await look('/etc', { inside: 'all' });
    const inside = 'file' in seen && seen.file.inside && 'entries' in seen.file.inside ? seen.file.inside.entries : [];
    expect(inside.map(({ path, type }) => `${path} ${type}`).toSorted()).toEqual([
      'deep directory',
      'deep/machine symlink',
      'passwd file',
    ]);
  });

  test('gives the texts of the files in it', async () => {
    await link('etc/alias', 'passwd');
    await link('etc/lost', '/nowhere');
    const { texts } = (await within(tree => lookIntoFolder(tree, '/etc'))) as { texts: ReadonlyMap<string, string> };
    expect(Object.fromEntries(texts)).toEqual({ passwd: 'of the container', alias: 'of the container' });
    expect(await within(tree => lookIntoFolder(tree, '/nowhere'))).toEqual({ texts: new Map() });
  });
});
