import { execFileSync } from 'node:child_process';
import {
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Slice, TreeEntry } from '../tree.ts';
import { entriesIn } from './read.ts';
import { tarOf } from './write.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-tar-'));
afterAll(() => rmSync(folder, { recursive: true }));

const long = (length: number): string =>
  `${'0123456789'.repeat(9)}/`
    .repeat(10)
    .slice(0, length - 1)
    .concat('z');
const names = [
  'a',
  'ünïcode/日本',
  'quote\'d "name"',
  'with blank',
  long(99),
  long(100),
  long(101),
  long(255),
  long(900),
];

function plant(root: string): void {
  for (const name of names) {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), name.repeat(13));
    utimesSync(join(root, name), 1e9, 1e9);
  }
  mkdirSync(join(root, 'folder'), { mode: 0o1777 });
  writeFileSync(join(root, 'empty'), '');
  writeFileSync(join(root, 'ping'), 'ping', { mode: 0o4755 });
  execFileSync('chmod', ['4755', join(root, 'ping')]);
  symlinkSync('/etc/../etc/passwd', join(root, 'absolute'));
  symlinkSync(long(300), join(root, 'far'));
  linkSync(join(root, long(101)), join(root, 'same'));
}

/** Only what v7 can say. */
function plantOld(root: string): void {
  writeFileSync(join(root, 'a'), 'content');
  mkdirSync(join(root, 'folder'));
  symlinkSync('a', join(root, 'link'));
  linkSync(join(root, 'a'), join(root, 'same'));
}

/** As the file system has it, in place of the archive. */
function entryOnDisk(root: string, { path, type, link, content }: TreeEntry): Partial<TreeEntry> {
  const { mode, uid, gid, mtimeMs, size } = lstatSync(join(root, path));
  const whole = type === 'file' ? size : 0;
  return {
    ...{ path, type, mode: mode & 0o7777, uid, gid, mtime: Math.floor(mtimeMs / 1000), size: whole },
    ...(link === undefined ? {} : { link }),
    ...(content ? { content } : {}),
  };
}

function contentOf({ content, size }: TreeEntry): string {
  const { file, offset } = content as Slice;
  return readFileSync(file).toString('utf8', offset, offset + size);
}

describe.each([
  ['v7', plantOld],
  ['ustar', plantOld],
  ['oldgnu', plant],
  ['gnu', plant],
  ['pax', plant],
])('an archive by GNU tar in the format %s', (format, plantIn) => {
  const root = join(folder, format);
  mkdirSync(root);
  plantIn(root);
  const archive = `${root}.tar`;
  execFileSync('tar', ['-C', root, `--format=${format}`, '-cf', archive, '.']);
  const entries = entriesIn(archive);

  test('has all that there was, and as it was', () => {
    const found = execFileSync('find', ['.', '-mindepth', '1', '-printf', '%P\\0'], { cwd: root, encoding: 'utf8' });
    expect(entries.map(({ path }) => path).sort()).toEqual(found.split('\0').slice(0, -1).sort());
    expect(entries).toEqual(entries.map(entry => entryOnDisk(root, entry)));
    for (const entry of entries.filter(({ size }) => size > 0))
      expect(contentOf(entry)).toBe(readFileSync(join(root, entry.path), 'utf8'));
  });

  test('is the same to GNU tar after we wrote it', async () => {
    const ours = `${root}-ours.tar`;
    writeFileSync(ours, Buffer.concat(await Array.fromAsync(tarOf(entries))));
    const list = (file: string): string =>
      execFileSync('tar', ['--numeric-owner', '--full-time', '-tvf', file], {
        encoding: 'utf8',
        env: { LC_ALL: 'C.UTF-8' },
      }).replaceAll(/ +/g, ' ');
    const known = list(archive).replaceAll(/\.\d{1,9}(?= )|(?<= )\.\//g, '');
    expect(list(ours)).toBe(known.replace(/^.* \n/, '').replaceAll('link to ./', 'link to '));
    execFileSync('tar', ['-C', root, '-df', ours]);
  });
});
