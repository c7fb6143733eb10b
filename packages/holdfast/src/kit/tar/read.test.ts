import { expect, test } from 'vitest';
import { Problem } from '../problem.ts';
import { bytesSource } from '../source.ts';
import type { TreeEntry } from '../tree.ts';
import { entriesOf, type TarOptions } from './read.ts';

const long = (length: number): string =>
  `${'0123456789'.repeat(9)}/`
    .repeat(10)
    .slice(0, length - 1)
    .concat('z');
/** A header as it should be, with fields as they should not. */
function header(fields: Partial<Record<keyof typeof places, string>> = {}, body = ''): Buffer {
  const bytes = Buffer.alloc(512);
  const given = {
    name: 'a',
    mode: '0000644',
    uid: '0',
    gid: '0',
    size: body.length.toString(8),
    mtime: '0',
    flag: '0',
    ...fields,
  };
  for (const [field, text] of Object.entries(given)) bytes.write(text, places[field as keyof typeof places], 'latin1');
  bytes.fill(' ', 148, 156);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(fields.sum ?? sum.toString(8).padStart(6, '0'), 148, 'latin1');
  return Buffer.concat([bytes, Buffer.from(body.padEnd(Math.ceil(body.length / 512) * 512, '\0'))]);
}

const places = {
  name: 0,
  mode: 100,
  uid: 108,
  gid: 116,
  size: 124,
  mtime: 136,
  sum: 148,
  flag: 156,
  link: 157,
  magic: 257,
  prefix: 345,
};
const end = Buffer.alloc(1024);
const read = (parts: readonly Buffer[], options?: TarOptions) =>
  entriesOf(bytesSource('x.tar', Buffer.concat(parts)), options);

const pax = (text: string, flag = 'x'): Buffer => header({ flag, name: 'pax' }, text);
const base256 = (...tail: number[]): string => String.fromCharCode(0x80, ...Array(11 - tail.length).fill(0), ...tail);

test.each<[string, Buffer[], Partial<TreeEntry>]>([
  ['a file of v7', [header({ flag: '\0' }, 'abc')], { path: 'a', type: 'file', size: 3 }],
  ['a directory of v7', [header({ flag: '\0', name: 'd/' })], { path: 'd', type: 'directory' }],
  ['a contiguous file', [header({ flag: '7' })], { type: 'file' }],
  ['a prefix', [header({ magic: 'ustar\0', prefix: 'usr/lib' })], { path: 'usr/lib/a' }],
  ['times of GNU where the prefix would be', [header({ magic: 'ustar ', prefix: '123' })], { path: 'a' }],
  ['odd paths', [header({ name: './/./usr//bin/./a' })], { path: 'usr/bin/a' }],
  ['an absolute path', [header({ name: '/etc/passwd' })], { path: 'etc/passwd' }],
  ['dots in names', [header({ name: '...' }), header({ name: '..a/b..' })], { path: '...' }],
  ['a hard link', [header({ flag: '1', link: './usr//a' })], { type: 'hardlink', link: 'usr/a' }],
  ['a size of base 256', [header({ size: base256(2, 0) }, 'x'.repeat(512))], { size: 512 }],
  ['a time before 1970', [header({ mtime: '\xff'.repeat(12) })], { mtime: -1 }],
  ['blanks for numbers', [header({ uid: '       ', gid: '', mode: '  644 ' })], { uid: 0, gid: 0, mode: 0o644 }],
  ['what pax says', [pax('8 uid=7\n9 gid=70\n13 mtime=1.9\n'), header()], { uid: 7, gid: 70, mtime: 1 }],
  [
    'what pax says of all',
    [pax('8 uid=7\n', 'g'), header({ name: 'b' }), pax('8 gid=8\n'), header()],
    { uid: 7, gid: 0 },
  ],
  ['what pax takes back', [pax('8 uid=7\n7 uid=\n'), header({ uid: '11' })], { uid: 9 }],
  ['a key of pax that nobody knows', [pax('10 x=y=\n\n\n'), header()], { path: 'a' }],
  ['the root', [header({ name: './', flag: '5' }), header()], { path: 'a' }],
  ['content of what has none', [header({ flag: '5', size: '1000' })], { size: 0 }],
])('%s', (_, parts, expected) => {
  expect(read([...parts, end])[0]).toMatchObject(expected);
});

test.each<[string, Buffer[]]>([
  ['it ends too early', []],
  ['it ends too early', [header()]],
  ['it ends too early', [header().subarray(0, 300)]],
  ['"a" goes past the end', [header({ size: '2001' }), end]],
  ['"a" goes past the end', [header({ size: base256(31, 255, 255, 255, 255, 255, 255) }), end]],
  ['the checksum of a header is wrong', [header({ sum: '000000' }), end]],
  ['its checksum is no octal number', [Buffer.alloc(512, 1), end]],
  ['its size is no octal number', [header({ size: '12x' }), end]],
  ['its size is no octal number', [header({ size: '-1' }), end]],
  ['its size is below zero', [header({ size: '\xff'.repeat(12) }), end]],
  ['its size is beyond all bounds', [header({ size: base256(255, 255, 255, 255, 255, 255, 255, 255) }), end]],
  ['the path "../a" leads out of it', [header({ name: '../a' }), end]],
  ['the path "a/.." leads out of it', [header({ name: 'a/..' }), end]],
  ['the path "/../a" leads out of it', [header({ name: '/../a' }), end]],
  ['the path "./../a" leads out of it', [header({ name: './../a' }), end]],
  ['the path "../../a" leads out of it', [header({ flag: '1', link: '../../a' }), end]],
  ['the path "../b" leads out of it', [pax('13 path=../b\n'), header(), end]],
  ['the path "b\\u0000c" has a NUL in it', [pax('12 path=b\0c\n'), header(), end]],
  ['the path "b\\u0000c" has a NUL in it', [pax('16 linkpath=b\0c\n'), header({ flag: '2' }), end]],
  ['"" names no entry', [header({ name: '' }), end]],
  ['"./" names no entry', [header({ name: './', flag: '2', link: '/' }), end]],
  ['"a" is a link to nothing', [header({ flag: '2' }), end]],
  ['"a" is a link to nothing', [header({ flag: '1', link: './' }), end]],
  ['"a" is of the type "S", which is a sparse file', [header({ flag: 'S' }), end]],
  ['"a" is of the type "Q", which is unknown', [header({ flag: 'Q' }), end]],
  ['it has a sparse file', [pax('22 GNU.sparse.major=1\n'), header(), end]],
  ['an extended header of 1048577 bytes', [header({ flag: 'x', size: '4000001' }), end]],
  ['an extended header of 1048577 bytes', [header({ flag: 'L', size: '4000001' }), end]],
  ['an extended header is broken', [pax('8 uid=7'), header(), end]],
  ['an extended header is broken', [pax('99 uid=7\n'), header(), end]],
  ['an extended header is broken', [pax('0 uid=7\n'), header(), end]],
  ['an extended header is broken', [pax(' \n'), header(), end]],
  ['an extended header is broken', [pax('4 a\n5 b=\n'), header(), end]],
  ['its uid is "-7"', [pax('9 uid=-7\n'), header(), end]],
  ['its size is "1e3"', [pax('12 size=1e3\n'), header(), end]],
  ['its size is "9007199254740992"', [pax('25 size=9007199254740992\n'), header(), end]],
  ['it ends too early', [pax('8 uid=7\n')]],
  ['an extended header has nothing after it', [pax('8 uid=7\n'), end]],
  ['is not UTF-8', [header({ name: 'caf\xe9' }), end]],
  [' is too long', [header({ flag: 'L' }, long(900).repeat(5)), header(), end]],
])('%s', (why, parts) => {
  const failure = (() => {
    try {
      return read(parts);
    } catch (error) {
      return error;
    }
  })();
  expect(failure).toBeInstanceOf(Problem);
  expect(failure).toMatchObject({
    message: 'x.tar is no sound tar archive',
    parts: { why: expect.stringContaining(why) },
  });
});

test('says after which entry', () => {
  expect(() => read([header({ name: 'one' }), header({ name: '../two' }), end])).toThrow(
    expect.objectContaining({ parts: expect.objectContaining({ where: 'after its entry "one"' }) }),
  );
});

test('limits', () => {
  const three = [header(), header(), header(), end];
  expect(read(three, { most: 3 })).toHaveLength(3);
  expect(() => read(three, { most: 2 })).toThrow(Problem);
  const device = [header({ flag: '4' }), end];
  expect(read(device)).toHaveLength(1);
  expect(() => read(device, { refused: ['character', 'block'] })).toThrow(Problem);
});

test('an archive of nothing but long names does not fill the memory', () => {
  const name = Buffer.concat([header({ flag: 'L' }, long(900).repeat(4)), header()]);
  const many = Buffer.alloc(name.length * 20_000, name);
  expect(() => read([many, end])).toThrow(
    expect.objectContaining({ parts: expect.objectContaining({ why: 'it has too many entries' }) }),
  );
});
