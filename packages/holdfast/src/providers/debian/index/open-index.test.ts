import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../../kit/hash.ts';
import { exitCode } from '../../../kit/problem.ts';
import { published, signer, stanza } from './testing/archive.ts';
import { type Ground, ground, inRelease, refusal } from './testing/ground.ts';

let archive: Ground;
beforeEach(async () => {
  archive = await ground();
  await archive.publish();
});
afterEach(() => archive[Symbol.asyncDispose]());

const text = async (): Promise<string> => String(archive.mirror.files.get(inRelease));

describe('the index of a suite', () => {
  test('is had from a mirror, signed, and tells where its files are', async () => {
    const { index, suites, urlsOf } = await archive.open();
    const [hello] = index.named('hello');
    expect(hello).toMatchObject({ version: '2.10-3', suite: 'bookworm', size: 1234 });
    expect(suites).toEqual([{ suite: 'bookworm', date: '2026-03-01T12:00:00.000Z', sha256: sha256(await text()) }]);
    expect(hello && urlsOf(hello)).toEqual([`${archive.mirror.url}/pool/main/h/hello/hello_2.10-3_amd64.deb`]);
  });

  test('of several suites is one, each at its place of the mirror', async () => {
    await archive.publish({ suite: 'bookworm-updates', packages: stanza('hello', '2.10-4') });
    await archive.publish({ suite: 'bookworm-security', packages: stanza('hello', '2.10-4+deb12u1') });
    const { index, suites, urlsOf } = await archive.open({
      request: { suites: ['bookworm', 'bookworm-updates', 'bookworm-security'] },
    });
    const found = index.named('hello');
    expect(found.map(record => record.suite)).toEqual(['bookworm-security', 'bookworm-updates', 'bookworm']);
    expect(suites.map(({ suite }) => suite)).toEqual(['bookworm', 'bookworm-updates', 'bookworm-security']);
    expect(found[0] && urlsOf(found[0])[0]).toContain('/debian-security/pool/');
  });

  test('is asked for with its updates and its security suite, and all must be there', async () => {
    const { request } = { request: { suites: ['bookworm', 'bookworm-updates'] } };
    await expect(archive.open({ request })).rejects.toMatchObject({ exit: exitCode.unreachable });
    expect(archive.mirror.asked).toContain('debian/dists/bookworm-updates/InRelease');
  });

  test('names files that are fetched by hash where the archive keeps them so, and by name where it does not', async () => {
    await archive.open();
    expect(archive.mirror.asked.filter(path => /Packages|by-hash/.test(path))).toEqual([
      expect.stringMatching(/by-hash\/SHA256\/[0-9a-f]{64}$/),
    ]);
    await archive.publish({ packages: stanza('hello', '2.11'), fields: { 'Acquire-By-Hash': '' } });
    await archive.open();
    expect(archive.mirror.asked.at(-1)).toBe('debian/dists/bookworm/main/binary-amd64/Packages.gz');
  });

  test('is fetched and unpacked once, and again when what was kept is damaged, or no longer the newest', async () => {
    const kept = join(archive.store, 'debian/packages/bookworm_main_amd64');
    const fetched = () => archive.mirror.asked.filter(path => path.includes('by-hash')).length;
    for (const _ of [1, 2]) await archive.open();
    expect(fetched()).toBe(1);
    await appendFile(kept, stanza('evil', '1'));
    expect((await archive.open()).index.named('evil')).toEqual([]);
    expect(fetched()).toBe(2);
    await archive.publish({ packages: stanza('hello', '2.11') });
    expect((await archive.open()).index.named('hello')[0]?.version).toBe('2.11');
    expect(await readdir(join(kept, '..'))).toEqual(['bookworm_main_amd64', 'drafts']);
  });

  test('leaves no drafts, and takes away those of processes that were killed', async () => {
    const drafts = join(archive.store, 'debian/packages/drafts');
    await mkdir(drafts, { recursive: true });
    for (const name of ['new', 'old']) await writeFile(join(drafts, name), 'half of it');
    await utimes(join(drafts, 'old'), 0, 0);
    await archive.open();
    expect(await readdir(drafts)).toEqual(['new']);
  });

  test.each([
    ['a component', { components: ['contrib'] }, 'bookworm has no contrib/binary-amd64/Packages'],
    ['an architecture', { architecture: 'arm64' }, 'bookworm has no main/binary-arm64/Packages'],
  ] as const)('that lacks %s says so', async (_, request, words) => {
    expect(await refusal(archive.open({ request }))).toContain(words);
  });
});

describe('a Packages file', () => {
  const packed = (): string => [...archive.mirror.files.keys()].find(path => path.includes('by-hash')) ?? '';
  const swap = (bytes: Uint8Array): void => {
    for (const path of archive.mirror.files.keys()) if (path !== inRelease) archive.mirror.files.set(path, bytes);
  };

  test('that was swapped', async () => {
    swap(
      published({ suite: 'bookworm', packages: stanza('evil', '1') })
        .files.values()
        .next().value ?? new Uint8Array(),
    );
    expect(await refusal(archive.open())).toContain('another SHA-256');
  });

  test('of which half came', async () => {
    swap((archive.mirror.files.get(packed()) as Uint8Array).subarray(0, 100));
    expect(await refusal(archive.open())).toContain('another SHA-256');
  });

  test('that unpacks to more than the index says is not unpacked further', async () => {
    await archive.publish({ packages: 'x'.repeat(50_000_000), plain: { sha256: sha256(''), size: 1000 } });
    expect(await refusal(archive.open())).toContain('unpacks to more than 1.0 kB');
  });

  test('that unpacks to something else than the index says', async () => {
    const packages = stanza('hello', '1');
    await archive.publish({ packages, plain: { sha256: sha256('something'), size: packages.length } });
    expect(await refusal(archive.open())).toContain('are not those that the archive signed');
  });
});

describe('a mirror that misbehaves', () => {
  const twoMirrors = () =>
    archive.apt(`deb ${archive.mirror.url}/bad bookworm main\ndeb ${archive.mirror.url} bookworm main\n`);
  const bad = inRelease.replace('dists', 'bad/dists');

  test.each([
    [
      'answers 500',
      (_: unknown, response: { writeHead(code: number): { end(): void } }) => response.writeHead(500).end(),
    ],
    ['hangs', () => {}],
    ['sends noise', randomBytes(2000)],
    ['has none', undefined],
  ])('and %s is passed over for the next', async (_, answer) => {
    if (answer) archive.mirror.files.set(bad, answer as never);
    const { index, urlsOf } = await archive.open({ aptFolder: await twoMirrors() });
    expect(index.named('hello')).toHaveLength(1);
    expect(urlsOf({ suite: 'bookworm', path: 'pool/a' })[0]).toBe(`${archive.mirror.url}/pool/a`);
  });

  test('is told with the others when none is sound', async () => {
    archive.mirror.files.set(bad, 'Origin: Tests\n');
    archive.mirror.files.delete(inRelease);
    const told = await refusal(archive.open({ aptFolder: await twoMirrors() }));
    expect(told).toContain('none of 2 mirrors serves a sound index of bookworm');
    expect(told).toContain('it is not signed');
  });

  test('an archive of somebody else under the same suite is refused, and Debian’s taken', async () => {
    const other = await signer();
    archive.mirror.files.set(
      bad,
      await other.sign(published({ suite: 'bookworm', packages: stanza('evil', '1') }).release),
    );
    const { index } = await archive.open({ aptFolder: await twoMirrors() });
    expect(index.named('evil')).toEqual([]);
  });

  test('redirects', async () => {
    archive.mirror.files.set('debian/moved', await text());
    archive.mirror.files.set(inRelease, (_, response) => response.writeHead(302, { location: '/debian/moved' }).end());
    await expect(archive.open()).resolves.toBeDefined();
  });

  test('can be left by Ctrl-C at once', async () => {
    archive.mirror.files.set(inRelease, () => {});
    const reason = new Error('interrupted');
    const begun = performance.now();
    await expect(archive.open({ signal: abortedAfter(50, reason), patience: 15_000 })).rejects.toBe(reason);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  test('is not waited for when another suite is missing', async () => {
    archive.mirror.files.set(inRelease, () => {});
    const begun = performance.now();
    const opening = archive.open({ request: { suites: ['bookworm', 'bookworm-updates'] }, patience: 15_000 });
    expect(await refusal(opening)).toContain("index of bookworm-updates can't be had");
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});

function abortedAfter(milliseconds: number, reason: Error): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), milliseconds);
  return controller.signal;
}
