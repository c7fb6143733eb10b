import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { bytesSource } from '../source.ts';
import type { TreeEntry } from '../tree.ts';
import { entriesFrom, entriesIn, entriesOf } from './read.ts';
import { tarOf } from './write.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-tar-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function bytesOf(entries: readonly TreeEntry[]): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(tarOf(entries)));
}

const part = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 90 }),
    fc.constantFrom('usr', ' ', '...', 'ÿ', 'é', 'a\nb'),
  )
  .map(text => text.replaceAll(/[/\0]/g, '_'))
  .filter(text => text !== '.' && text !== '..');
const path = fc.array(part, { minLength: 1, maxLength: 8 }).map(parts => parts.join('/'));
const target = fc.oneof(path, fc.constantFrom('/', '..', '../../etc/passwd', '/usr//bin/'));
const id = fc.oneof(fc.nat(65_535), fc.constantFrom(0o7777777, 0o10000000, 2 ** 32 - 2));
const mtime = fc.oneof(fc.nat(2 ** 31), fc.constantFrom(0, -1, 0o77777777777, 0o100000000000));
const common = { path, mode: fc.nat(0o7777), uid: id, gid: id, mtime };
const empty = { ...common, size: fc.constant(0) };

const entry: fc.Arbitrary<TreeEntry> = fc.oneof(
  fc
    .tuple(fc.record(common), fc.uint8Array({ minLength: 1, maxLength: 1100 }))
    .map(([rest, content]) => ({ ...rest, type: 'file' as const, size: content.length, content })),
  fc.record({ ...empty, type: fc.constantFrom('file', 'directory', 'character', 'block', 'fifo') }),
  fc.record({
    ...empty,
    type: fc.constant('file'),
    capability: fc.uint8Array({ minLength: 1, maxLength: 24 }),
  }),
  fc.record({ ...empty, type: fc.constant('symlink'), link: target }),
  fc.record({ ...empty, type: fc.constant('hardlink'), link: path }),
);

const inMemory = (entries: readonly TreeEntry[]) =>
  entries.map(({ content, ...rest }) => ({
    ...rest,
    content: content && Buffer.from(content as Uint8Array).toString('hex'),
  }));

test('what is written is read again', () =>
  fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 20 }), async entries => {
      const bytes = await bytesOf(entries);
      expect(bytes.length % 512).toBe(0);
      expect(inMemory(entriesOf(bytesSource('it', bytes)))).toEqual(inMemory(entries));
      expect(await bytesOf(entriesOf(bytesSource('it', bytes)))).toEqual(bytes);
    }),
    { numRuns: 300 },
  ));

const file = (path: string, content: TreeEntry['content'], size: number): TreeEntry => ({
  ...{ path, type: 'file', mode: 0o644, uid: 0, gid: 0, mtime: 1, size },
  ...(content ? { content } : {}),
});

test('files on disk are read as slices, and written from them', async () => {
  const bodies = Array.from({ length: 300 }, (_, index) => Buffer.alloc(index * 997, `${index} `));
  const bytes = await bytesOf(
    bodies.map((body, index) => file(`f${index}`, body.length ? body : undefined, body.length)),
  );
  const archive = join(folder, 'slices.tar');
  writeFileSync(archive, bytes);
  const entries = entriesIn(archive);
  expect(entries[1]?.content).toEqual({ file: archive, offset: 1024 });
  expect((await bytesOf(entries)).equals(bytes)).toBe(true);
});

test('a stream is kept in a file', async () => {
  const scratch = join(folder, 'stream.tar');
  const entries = await entriesFrom(tarOf([file('a', Buffer.from('abc'), 3)]), scratch);
  expect(entries).toEqual([file('a', { file: scratch, offset: 512 }, 3)]);
  expect(readFileSync(scratch).length).toBe(2048);
});

test('thousands of files are written with few of them open', async () => {
  const open = (): number => readdirSync('/proc/self/fd').length;
  const before = open();
  const many = Array.from({ length: 2000 }, (_, index) => {
    const name = join(folder, `many-${index}`);
    writeFileSync(name, `${index}`.padStart(4, '0'));
    return file(`${index}`, { file: name, offset: 0 }, 4);
  });
  let most = 0;
  for await (const _ of tarOf(many)) most = Math.max(most, open());
  expect(most).toBeLessThan(before + 50);
  expect(open()).toBeLessThan(before + 10);
});

test.each([
  ['content of another size', file('a', Buffer.from('abc'), 4)],
  ['no content', file('a', undefined, 4)],
  ['a file that ends too early', file('a', { file: import.meta.filename, offset: 1e6 }, 4)],
  ['a NUL in its path', file('a\0b', undefined, 0)],
  ['half a character in its path', file('a\ud800', undefined, 0)],
  ['half a second', { ...file('a', undefined, 0), mtime: 1.5 }],
])('an entry with %s is not written', async (_, entry) => {
  await expect(bytesOf([entry])).rejects.toThrow('a');
});
