import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '../../kit/hash.ts';
import type { LockedPackage } from '../../ports/distribution.ts';
import { debianDistribution } from './distribution.ts';
import { build } from './dpkg/testing/packages.ts';
import { type Mirror, mirror } from './index/testing/mirror.ts';
import { plainDownloads } from './index/testing/plain-downloads.ts';

const never = new AbortController().signal;

describe('Debian as a distribution', () => {
  let folder: string;
  let web: Mirror;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-distribution-'));
    web = await mirror();
  });
  afterAll(async () => {
    await web[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  /** A package in the archive, as the lock holds it. */
  async function published(name: string, files: Readonly<Record<string, string>>, suite = 'bookworm') {
    const { file, locked } = build({ name, files });
    const bytes = await readFile(file);
    const path = `pool/main/${name}.deb`;
    web.files.set(`debian${suite.endsWith('-security') ? '-security' : ''}/${path}`, bytes);
    return { ...locked, suite, path, size: bytes.length, sha256: sha256(bytes) };
  }

  const unpack = (packages: readonly LockedPackage[], signal = never) =>
    debianDistribution({ downloads: plainDownloads(join(folder, 'store'), 10_000), store: folder, env: {} }).unpack(
      { suite: 'bookworm', architecture: 'amd64', packages, exclude: [], epoch: 1, scratch: folder, mirror: web.url },
      signal,
    );

  test('packages come from the mirrors of their suites, and stand in the tree', async () => {
    const packages = [
      await published('web', { 'usr/bin/web': 'x' }),
      await published('fixed', { 'usr/bin/fixed': 'y' }, 'bookworm-security'),
    ];
    const { entries, script } = await unpack(packages);
    expect(entries.map(({ path }) => path)).toEqual(expect.arrayContaining(['usr/bin/fixed', 'usr/bin/web']));
    expect(script).toBe('');
    expect(web.asked).toEqual(
      expect.arrayContaining(['debian/pool/main/web.deb', 'debian-security/pool/main/fixed.deb']),
    );
  });

  test('one that is not as locked is refused, and named', async () => {
    const good = await published('good', {});
    const bad = { ...(await published('bad', {})), sha256: '0'.repeat(64) };
    await expect(unpack([good, bad])).rejects.toThrow(/^bad 1.0-1 \(amd64\)/);
  });

  test('the first that fails ends the wait for the others', async () => {
    const slow = await published('slow', {});
    web.files.set('debian/pool/main/slow.deb', () => {});
    const bad = { ...(await published('bad', {})), sha256: '0'.repeat(64) };
    const since = performance.now();
    await expect(unpack([slow, bad])).rejects.toThrow(/^bad /);
    expect(performance.now() - since).toBeLessThan(5_000);
  });

  test('a bake that is stopped stops', async () => {
    await expect(unpack([await published('web', {})], AbortSignal.abort(new Error('enough')))).rejects.toThrow(
      'enough',
    );
  });
});
