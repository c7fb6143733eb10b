import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, crc32, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../kit/problem.ts';
import { type DecompressOptions, decompressor } from './decompress.ts';
import type { Packed } from './packed.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-decompress-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Half of it can't be made smaller. */
const text = Buffer.concat([randomBytes(100_000), Buffer.alloc(500_000, 'holdfast ')]);
const xz = (data: Uint8Array, ...options: string[]): Buffer =>
  execFileSync('xz', ['--stdout', ...options], { input: data, maxBuffer: 2 ** 30 });
/** A checksum is left out unless it is asked for; `zstd` itself, and so dpkg-deb, asks. */
const zst = (data: Uint8Array): Buffer => zstdCompressSync(data, { params: { [constants.ZSTD_c_checksumFlag]: 1 } });
const packers = { gz: gzipSync, zst, none: Buffer.from, xz };

const never = new AbortController().signal;
let count = 0;
const fresh = (): string => join(folder, `${++count}`);

/** A file that holds the part between others. */
function fileWith(part: Uint8Array, kind: Packed['kind'], before = 0, after = 0): Packed {
  const file = `${fresh()}.in`;
  writeFileSync(file, Buffer.concat([randomBytes(before), part, randomBytes(after)]));
  return { file, offset: before, length: part.length, kind };
}

/** What became of it, and what is in the folder that was not there before. */
async function unpacked(packed: Packed, options?: DecompressOptions, limit = 1e6, signal = never) {
  const to = fresh();
  const before = readdirSync(folder);
  const outcome = await decompressor(options)(packed, to, limit, signal).catch((error: unknown) => error);
  const left = readdirSync(folder).filter(name => !before.includes(name));
  return { outcome, left, content: existsSync(to) ? readFileSync(to) : undefined };
}

const ways = [
  ['xz', { xz: 'command' }],
  ['xz', { xz: 'wasm' }],
  ['gz', {}],
  ['zst', {}],
  ['none', {}],
] as const;

describe.each(ways)('%s %j', (kind, options) => {
  const packed = packers[kind](text);

  test.each([
    [0, 0],
    [0, 1],
    [70_001, 0],
    [70_001, 1],
    [1_100_000, 5000],
  ])('after %i bytes and before %i', async (before, after) => {
    const { outcome, content } = await unpacked(fileWith(packed, kind, before, after), options);
    expect(outcome).toBe(text.length);
    expect(content?.equals(text)).toBe(true);
  });

  test('what holds nothing', async () => {
    const { outcome, left } = await unpacked(fileWith(packers[kind](Buffer.alloc(0)), kind), options);
    expect([outcome, left.length]).toEqual([0, 1]);
  });

  test('exactly at its limit, and one byte above it', async () => {
    const part = fileWith(packed, kind);
    expect((await unpacked(part, options, text.length)).outcome).toBe(text.length);
    const { outcome, left } = await unpacked(part, options, text.length - 1);
    expect(outcome).toMatchObject({ message: `${part.file} unpacks to more than 600 kB` });
    expect(left).toEqual([]);
  });

  test.each([0, 5000])('nothing is left when it is aborted, with %i bytes after it', async after => {
    const { outcome, left } = await unpacked(fileWith(packed, kind, 0, after), options, 1e6, AbortSignal.timeout(0));
    expect([outcome, left]).toEqual([expect.objectContaining({ name: 'TimeoutError' }), []]);
  });
});

const damages: [string, (part: Buffer) => Buffer][] = [
  ['empty', () => Buffer.alloc(0)],
  ['of other bytes', () => Buffer.alloc(100, 'x')],
  ['cut in the middle', part => part.subarray(0, part.length / 2)],
  ['cut by one byte', part => part.subarray(0, -1)],
  ['changed in one bit', part => part.with(1000, (part[1000] ?? 0) ^ 1) as Buffer],
];

describe.each(ways.slice(0, 4))('a damaged %s %j', (kind, options) => {
  const packed = Buffer.from(packers[kind](text));

  test.each(damages)('%s', async (_, damage) => {
    const part = fileWith(damage(packed), kind, 10, 3);
    const { outcome, left } = await unpacked(part, options);
    expect(outcome).toBeInstanceOf(Problem);
    expect(outcome).toMatchObject({ message: `${part.file} can't be unpacked` });
    expect(left).toEqual([]);
  });
});

describe.each(ways.slice(0, 2))('%s %j', (kind, options) => {
  test('does not read on after its part', async () => {
    const packed = xz(text);
    const part = fileWith(packed, kind);
    expect((await unpacked({ ...part, length: packed.length - 9 }, options)).outcome).toBeInstanceOf(Problem);
  });

  test.each(['-9', '-9e', '-0', '--check=crc32', '--check=none', '--block-size=65536'])(
    'made with %s',
    async option => {
      const { outcome } = await unpacked(fileWith(xz(text, option), kind), options);
      expect(outcome).toBe(text.length);
    },
  );

  test.each([
    ['is refused at once', (bomb: Buffer) => bomb],
    ['stops at the limit where it declares less', declaringLess],
  ])('what is too large %s', async (_, made) => {
    const bomb = fileWith(made(zeros), kind);
    const { outcome, left } = await unpacked(bomb, options, 20e6);
    expect(outcome).toMatchObject({ message: `${bomb.file} unpacks to more than 20 MB` });
    expect([bomb.length < 1e6, left]).toEqual([true, []]);
  });

  test.each([
    ['two streams', (part: Buffer) => Buffer.concat([part, part])],
    ['a stream with padding', (part: Buffer) => Buffer.concat([part, Buffer.alloc(4)])],
    ['a stream that declares less', declaringLess],
  ])('%s is refused', async (_, made) => {
    const { outcome, left } = await unpacked(fileWith(made(zeros), kind), options, 200e6);
    expect(outcome).toMatchObject({ message: expect.stringContaining("can't be unpacked") });
    expect(left).toEqual([]);
  });
});

const zeros = xz(Buffer.alloc(100e6), '-0');

/** The same stream with another size in its index, of as many bytes, and with the checksum that makes it sound. */
function declaringLess(stream: Buffer): Buffer {
  const changed = Buffer.from(stream);
  const length = 4 * (stream.readUInt32LE(stream.length - 8) + 1);
  const index = changed.subarray(-12 - length, -12);
  const at = index.indexOf(spelled(100e6));
  expect(at).toBeGreaterThan(0);
  spelled(3e6).copy(index, at);
  index.writeUInt32LE(crc32(index.subarray(0, -4)), length - 4);
  return changed;
}

/** Of four bytes. */
const spelled = (size: number): Buffer =>
  Buffer.from([0, 7, 14, 21].map((bits, index) => ((size >> bits) & 0x7f) | (index < 3 ? 0x80 : 0)));

test('many at once on few threads', async () => {
  const decompress = decompressor({ xz: 'wasm', threads: 2 });
  const parts = Array.from({ length: 20 }, (_, index) => fileWith(xz(Buffer.alloc(100_000 + index, 'a')), 'xz'));
  const sizes = await Promise.all(parts.map(part => decompress(part, fresh(), 1e6, never)));
  expect(sizes).toEqual(parts.map((_, index) => 100_000 + index));
});
