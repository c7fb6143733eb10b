import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TreeEntry } from '../../kit/tree.ts';
import { FileHashes } from '../file-hashes.ts';
import { ImageStore } from '../store/store.ts';
import { writeLayer } from './write-layer.ts';

describe('a layer', () => {
  let folder = '';
  let store: ImageStore;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hf-layer-'));
    store = new ImageStore(folder, new FileHashes(join(folder, 'hashes.json')));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const common = { mode: 0o644, uid: 0, gid: 0, mtime: 1_000 };
  const file = (path: string, text: string, more: Partial<TreeEntry> = {}): TreeEntry => ({
    path,
    type: 'file',
    ...common,
    size: Buffer.byteLength(text),
    content: Buffer.from(text),
    ...more,
  });
  const link = (path: string, to: string): TreeEntry => ({ path, type: 'hardlink', ...common, size: 0, link: to });
  const listed = (path: string) => execFileSync('tar', ['-tvf', path, '--utc', '--full-time'], { encoding: 'utf8' });
  const written = (entries: readonly TreeEntry[], removed: readonly string[] = []) =>
    writeLayer({ entries, removed }, 2_000, 'test', store);

  test('is the same whatever the order of what goes in', async () => {
    const entries = [file('b', 'two'), file('a/x', 'one'), file('a', '', { type: 'directory', size: 0, mode: 0o755 })];
    const { digest } = await written(entries);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(entries, { minLength: 3 }), async shuffled => {
        expect((await written(shuffled)).digest).toBe(digest);
      }),
      { numRuns: 6 },
    );
  });

  test('holds no time later than the epoch, and keeps earlier ones', async () => {
    const { file: tar } = await written([file('late', '', { mtime: 9_999 }), file('early', '', { mtime: 1_000 })]);
    expect(listed(tar)).toMatch(/1970-01-01 00:16:40 early\n.*1970-01-01 00:33:20 late\n/);
  });

  test('has the content of a file of several names once, at the first of them', async () => {
    const one = await written([file('m', 'text'), link('a', 'm'), link('z', 'a')]);
    const other = await written([file('z', 'text'), link('m', 'z'), link('a', 'z')]);
    expect(one.digest).toBe(other.digest);
    expect(listed(one.file)).toMatch(/^-.* a\nh.* m link to a\nh.* z link to a\n$/);
  });

  test('tells what is gone by whiteouts', async () => {
    const { file: tar } = await written([], ['etc/motd', 'old']);
    expect(listed(tar)).toMatch(/ \.wh\.old\n.* etc\/\.wh\.motd\n$/);
  });

  test('takes no file that is called as what is gone is called', async () => {
    await expect(async () => written([file('etc/.wh.passwd', 'x')])).rejects.toMatchObject({
      parts: { what: "/etc/.wh.passwd can't be in an image" },
    });
  });
});
