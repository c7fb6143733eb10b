import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  content,
  digest,
  emptyStore,
  failure,
  filesIn,
  mirrorThat,
  never,
  quick,
  wantedOf,
  whole,
} from './testing/ground.ts';

function flipBit(path: string): void {
  const bytes = readFileSync(path);
  bytes[1000] = (bytes[1000] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

const fetchElsewhere = (store: string, url: string): ChildProcessByStdio<null, Readable, null> =>
  spawn(process.execPath, [join(import.meta.dirname, 'testing/fetch-once.ts'), store, JSON.stringify(wantedOf(url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

describe('the store', () => {
  test('fetches again what was damaged', async () => {
    const store = emptyStore();
    const mirror = await mirrorThat((_, response) => whole(response));
    const wanted = wantedOf(mirror.url('a'));
    flipBit(await quick(store).file(wanted, never));
    const path = await quick(store).file(wanted, never);
    expect(readFileSync(path).equals(content)).toBe(true);
    expect([mirror.asked.length, filesIn(store)]).toEqual([2, [digest.hex]]);
  });

  test('refuses what was damaged where the world is cut off, and no longer says that it has it', async () => {
    const store = emptyStore();
    const mirror = await mirrorThat((_, response) => whole(response));
    const wanted = wantedOf(mirror.url('a'));
    flipBit(await quick(store).file(wanted, never));
    await mirror[Symbol.asyncDispose]();
    const offline = quick(store);
    const { parts } = await failure(offline.file(wanted, never));
    expect(parts.what).toBe("nginx 1.22.1-9 (amd64) was damaged in the store, and can't be fetched again");
    expect(parts.why).toContain('refused the connection (5 tries)');
    expect([offline.has(digest), filesIn(store)]).toEqual([false, []]);
  });

  test('knows when a file was last used, and forgets what was left half done a day ago', async () => {
    const store = emptyStore();
    const mirror = await mirrorThat((_, response) => whole(response));
    const drafts = join(store, 'files/drafts');
    mkdirSync(drafts, { recursive: true });
    for (const name of ['old', 'new']) writeFileSync(join(drafts, name), 'half');
    utimesSync(join(drafts, 'old'), 1, 1);
    const path = await quick(store).file(wantedOf(mirror.url('a')), never);
    expect([...filesIn(store)].sort()).toEqual([digest.hex, 'new']);
    utimesSync(path, 1, 1);
    await quick(store).file(wantedOf(mirror.url('a')), never);
    expect(Date.now() - statSync(path).mtimeMs).toBeLessThan(60_000);
  });

  test('serves two processes at once', async () => {
    const store = emptyStore();
    const mirror = await mirrorThat((_, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 100_000));
      if (mirror.asked.length === 2) for (const finish of waiting) finish();
      if (mirror.asked.length === 2) response.end(content.subarray(100_000));
      else waiting.push(() => response.end(content.subarray(100_000)));
    });
    const waiting: (() => void)[] = [];
    const both = [fetchElsewhere(store, mirror.url('a')), fetchElsewhere(store, mirror.url('a'))];
    const paths = await Promise.all(both.map(({ stdout }) => text(stdout)));
    expect(new Set(paths)).toEqual(new Set([join(store, 'files/sha256', digest.hex.slice(0, 2), digest.hex)]));
    expect(readFileSync(paths[0] ?? '').equals(content)).toBe(true);
    expect(filesIn(store)).toEqual([digest.hex]);
  });

  test('has nothing of a process that was killed in the middle', async () => {
    const store = emptyStore();
    const mirror = await mirrorThat((_, response) => {
      if (mirror.asked.length > 1) return whole(response);
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 200_000));
    });
    const child = fetchElsewhere(store, mirror.url('a'));
    await expect.poll(() => filesIn(store), { timeout: 10_000, interval: 10 }).not.toEqual([]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(quick(store).has(digest)).toBe(false);
    const path = await quick(store).file(wantedOf(mirror.url('a')), never);
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  test('says when its disk is full (left out where this user can not mount a small one)', async ({ skip }) => {
    const store = emptyStore();
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', store]);
    if (status !== 0) skip('no small disk can be mounted here');
    onTestFinished(() => void spawnSync('umount', [store]));
    const mirror = await mirrorThat((_, response) => whole(response));
    const { parts } = await failure(quick(store).file(wantedOf(mirror.url('a')), never));
    expect(parts).toMatchObject({ what: "the store can't be written", why: 'no space is left on its disk' });
    expect(parts.fix).toContain('holdfast image prune');
    expect([mirror.asked.length, filesIn(store)]).toEqual([1, []]);
  });
});
