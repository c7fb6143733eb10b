import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { Problem } from '../../../kit/problem.ts';
import type { Member } from './testing/ar-of.ts';
import { control, controlled, data, file, ground, tar, version } from './testing/made.ts';

const { folder, taken, deb: debOf, [Symbol.dispose]: clear } = ground();
afterAll(clear);

test.each<[string, Member[]]>([
  ['a later minor format', [{ ...version, content: '2.7\nmore\n' }, controlled, data]],
  [
    'names with a slash at the end',
    [version, controlled, data].map(member => ({ ...member, name: `${member.name}/` })),
  ],
  ['a member of one’s own', [version, { name: '_own', content: 'x' }, controlled, { name: '_x', content: '' }, data]],
  ['what comes after', [version, controlled, data, { name: 'later', content: 'xyz' }]],
])('%s is read', async (_, members) => {
  const { package: its } = await taken(debOf(...members));
  expect(its.entries).toMatchObject([{ path: 'usr', size: 1 }]);
});

test.each<[string, Member[]]>([
  ['"other" is where debian-binary should be', [{ name: 'other', content: '' }]],
  ['it has no debian-binary', []],
  ['its format is "3.0\\n"; known is 2.0', [{ ...version, content: '3.0\n' }, controlled, data]],
  ['its format is "2"; known is 2.0', [{ ...version, content: '2' }, controlled, data]],
  ['it has no control.tar', [version]],
  ['"data.tar" is where control.tar should be', [version, data, controlled]],
  ['it has no data.tar', [version, controlled]],
  ['"extra" is where data.tar should be', [version, controlled, { name: 'extra', content: '' }, data]],
  ['"data.tar.bz2" is packed in a way that is not known', [version, controlled, { ...data, name: 'data.tar.bz2' }]],
  ['"data.tar" goes past the end', [version, controlled, { ...data, size: '9999999999' }]],
  ['the header of a member is broken', [version, controlled, { ...data, size: '-1' }]],
  ['the header of a member is broken', [version, controlled, { ...data, size: '1e3' }]],
  [
    'its control part has no control file',
    [version, { name: 'control.tar', content: await tar(file('md5sums', '')) }, data],
  ],
  [
    'its control part has "control", a symlink, or has it twice',
    [
      version,
      { name: 'control.tar', content: await tar({ path: 'control', type: 'symlink', link: '/etc/passwd' }) },
      data,
    ],
  ],
  [
    'its control part has "a/b", a file, or has it twice',
    [version, { name: 'control.tar', content: await tar(file('a/b', '')) }, data],
  ],
  [
    'its control part has "x", a file, or has it twice',
    [version, { name: 'control.tar', content: await tar(file('x', ''), file('x', '')) }, data],
  ],
])('%s', async (why, members) => {
  const deb = debOf(...members);
  const { outcome, left } = await taken(deb);
  expect(outcome).toMatchObject({ message: `${deb} is no sound Debian package`, parts: { why } });
  expect([outcome instanceof Problem, left]).toEqual([true, []]);
});

const bad = (hidden: string, real: Buffer): Buffer =>
  Buffer.from(real.toString('latin1').replaceAll('AAAA', hidden), 'latin1');

test.each<[string, Buffer]>([
  ['"dev/sda" is of the type block', await tar({ path: 'dev/sda', type: 'block' })],
  ['"dev/null" is of the type character', await tar({ path: 'dev/null', type: 'character' })],
  ['"run/pipe" is of the type fifo', await tar({ path: 'run/pipe', type: 'fifo' })],
  ['the path "../x" leads out of it', await tar({ path: '../x' })],
  ['the path "usr/../../x" leads out of it', await tar({ path: 'usr/../../x' })],
  ['the path "../../etc/shadow" leads out of it', await tar({ path: 'x', type: 'hardlink', link: '../../etc/shadow' })],
  [
    '"x" is a hard link to "etc/shadow", which is no file before it',
    await tar({ path: 'x', type: 'hardlink', link: '/etc/shadow' }),
  ],
  ['"x" is a hard link to "x", which is no file before it', await tar({ path: 'x', type: 'hardlink', link: 'x' })],
  ['"a" is there twice', await tar(file('a', 'x'), { path: './a', type: 'symlink', link: '/' })],
  [
    '"a/b" is below "a", which is no directory',
    await tar({ path: 'a', type: 'symlink', link: '/etc' }, file('a/b', 'x')),
  ],
  [
    '"a/b/c" is below "a", which is no directory',
    await tar(file('a/b/c', 'x'), { path: 'a', type: 'symlink', link: '/etc' }),
  ],
  ['"a\\nb" has a line break in it', await tar(file('a\nb', 'x'))],
  ['it ends too early', (await tar(file('a', 'x'))).subarray(0, 1024)],
  ['the checksum of a header is wrong', bad('AAAB', await tar(file('AAAA', 'x')))],
])('data: %s', async (why, content) => {
  const deb = debOf(version, controlled, { name: 'data.tar', content });
  const { outcome, left } = await taken(deb);
  expect(outcome).toMatchObject({ message: expect.stringContaining(deb), parts: { why } });
  expect([outcome instanceof Problem, left]).toEqual([true, []]);
});

test('hard links are to the file that has the content, and one to a symbolic link is another', async () => {
  const content = await tar(
    file('a', 'x'),
    { path: 'b', type: 'hardlink', link: 'a' },
    { path: 'c', type: 'hardlink', link: 'b' },
    { path: 'd', type: 'symlink', link: '/etc' },
    { path: 'e', type: 'hardlink', link: 'd' },
  );
  const { package: its } = await taken(debOf(version, controlled, { name: 'data.tar', content }));
  expect(its.entries.map(({ type, link }) => [type, link])).toEqual([
    ['file', undefined],
    ['hardlink', 'a'],
    ['hardlink', 'a'],
    ['symlink', '/etc'],
    ['symlink', '/etc'],
  ]);
});

const zeros = Buffer.alloc(96 << 20);
const modest = { name: 'control.tar', content: await tar(file('control', `${control}Installed-Size: 100\n`)) };

test.each([
  ['data.tar.gz', gzipSync(zeros), '67 MB'],
  ['data.tar.zst', zstdCompressSync(zeros), '67 MB'],
  ['data.tar.xz', execFileSync('xz', ['-0'], { input: zeros, maxBuffer: 1e8 }), '67 MB'],
])('zeros without end in %s stop at what the package declares', async (name, content, limit) => {
  const deb = debOf(version, modest, { name, content });
  const { outcome, left } = await taken(deb);
  expect(outcome).toMatchObject({ message: `${deb} unpacks to more than ${limit}` });
  expect(left).toEqual([]);
});

test.each(['gz', 'zst', 'xz'])('and so in control.tar.%s', async kind => {
  const packers = {
    gz: gzipSync,
    zst: zstdCompressSync,
    xz: (input: Uint8Array) => execFileSync('xz', ['-0'], { input, maxBuffer: 1e8 }),
  };
  const content = packers[kind as keyof typeof packers](zeros);
  const deb = debOf(version, { name: `control.tar.${kind}`, content }, data);
  const { outcome, left } = await taken(deb);
  expect(outcome).toMatchObject({ message: `${deb} unpacks to more than 34 MB` });
  expect(left).toEqual([]);
});

/** The same bytes over and over: both formats take one stream after the other for one. */
function tenGigabytes(pack: (bytes: Uint8Array) => Buffer): Buffer {
  const packed = pack(Buffer.alloc(100e6));
  return Buffer.concat(Array.from({ length: 100 }, () => packed));
}

test.each([
  ['gz', gzipSync],
  ['zst', zstdCompressSync],
] as const)('10 GB of zeros in data.tar.%s are refused in bounded memory', async (kind, pack) => {
  const head = (await tar({ ...file('zeros', ''), size: 1, content: Buffer.alloc(1) })).subarray(0, 512);
  const content = Buffer.concat([pack(withSize(head, 10e9)), tenGigabytes(pack)]);
  const deb = debOf(version, modest, { name: `data.tar.${kind}`, content });
  const before = process.memoryUsage().rss;
  const { outcome, left } = await taken(deb);
  expect(outcome).toMatchObject({ message: `${deb} unpacks to more than 67 MB` });
  expect(left).toEqual([]);
  expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
});

/** The header of a tar with another size, and the sum that fits. */
function withSize(header: Buffer, size: number): Buffer {
  const copy = Buffer.from(header);
  copy.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  copy.fill(' ', 148, 156);
  const sum = copy.reduce((total, byte) => total + byte, 0);
  copy.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return copy;
}

test('a limit of the caller’s', async () => {
  const deb = debOf(version, controlled, data);
  expect((await taken(deb, { limit: data.content.length })).left).toHaveLength(1);
  expect((await taken(deb, { limit: data.content.length - 1 })).outcome).toBeInstanceOf(Problem);
});

test('what is not there, and what was aborted', async () => {
  const { outcome } = await taken(join(folder, 'nowhere.deb'));
  expect(outcome).toMatchObject({ code: 'ENOENT' });
  const { outcome: aborted, left } = await taken(debOf(version, controlled, data), {}, AbortSignal.abort());
  expect(aborted).toMatchObject({ name: 'AbortError' });
  expect(left).toEqual([]);
});
