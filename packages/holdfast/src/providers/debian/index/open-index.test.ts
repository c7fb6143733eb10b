import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../../kit/hash.ts';
import { exitCode } from '../../../kit/problem.ts';
import { day, published, signer, stanza } from './testing/archive.ts';
import { type Ground, ground, inRelease } from './testing/ground.ts';

const hour = 3_600_000;
const days = 24 * hour;
const spelled = (time: number): string => new Date(time).toUTCString().replace('GMT', 'UTC');

let archive: Ground;
beforeEach(async () => {
  archive = await ground();
  await archive.publish();
});
afterEach(() => archive[Symbol.asyncDispose]());

/** The reason that a person is given. */
const refusal = async (opening: Promise<unknown>): Promise<string> =>
  opening.then(
    () => 'was taken',
    ({ parts, message }) => [message, parts?.why, ...(parts?.evidence ?? [])].join(': '),
  );

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
    await archive.publish({ fields: { 'Acquire-By-Hash': '' } });
    await archive.open();
    expect(archive.mirror.asked.at(-1)).toBe('debian/dists/bookworm/main/binary-amd64/Packages.gz');
  });

  test('leaves nothing in the folder for temporary files', async () => {
    const before = await readdir(tmpdir());
    await archive.open();
    await refusal(archive.open({ request: { components: ['main', 'contrib'] } }));
    expect(
      (await readdir(tmpdir())).filter(name => name.startsWith('holdfast-index-') && !before.includes(name)),
    ).toEqual([]);
  });

  test.each([
    ['a component', { components: ['contrib'] }, 'bookworm has no contrib/binary-amd64/Packages'],
    ['an architecture', { architecture: 'arm64' }, 'bookworm has no main/binary-arm64/Packages'],
  ] as const)('that lacks %s says so', async (_, request, words) => {
    expect(await refusal(archive.open({ request }))).toContain(words);
  });
});

describe('a signature', () => {
  test('that is missing', async () => {
    archive.serve(published({ suite: 'bookworm', packages: '' }).release);
    expect(await refusal(archive.open())).toContain('it is not signed');
  });

  test('by a key that Debian does not have', async () => {
    const other = await signer();
    expect(await refusal(archive.open({ keys: [other.armored] }))).toContain('none of its signatures is a good one');
    await expect(archive.open({ keys: [other.armored, archive.signer.armored] })).resolves.toBeDefined();
  });

  test('beside one by a key that is not known yet, as before each new release', async () => {
    const other = await signer();
    const { release } = published({ suite: 'bookworm', packages: stanza('hello', '2.10-3') });
    archive.serve(await archive.signer.signWith(other, release));
    for (const { armored } of [other, archive.signer]) await archive.open({ keys: [armored] });
    expect(await refusal(archive.open({ keys: [(await signer()).armored] }))).toContain('none of its signatures');
  });

  test.each([
    ['a letter of the text', 'Origin: Tests', 'Origin: Rests'],
    ['a digit of a hash', /( [0-9a-f]{63})[0-9a-f]( \d+ main)/, '$1x$2'],
    ['a field that was added', 'SHA256:', 'Acquire-By-Hash: no\nSHA256:'],
  ])('is none for %s that was changed', async (_, found, put) => {
    archive.serve((await text()).replace(found, put));
    expect(await refusal(archive.open())).toContain('none of its signatures is a good one');
  });

  test.each([
    ['text before it', (whole: string) => `Origin: Debian\n\n${whole}`, 'it is not signed'],
    ['text after it', (whole: string) => `${whole}\nSHA256:\n`, 'more than one signed message'],
    ['another message after it', (whole: string) => whole + whole, 'more than one signed message'],
    [
      'an armor inside',
      (whole: string) => whole.replace('Suite:', '-----BEGIN PGP MESSAGE-----\nSuite:'),
      'more than one',
    ],
    ['half of it', (whole: string) => whole.slice(0, whole.length / 2), 'it ends before its signature does'],
    ['a part of its signature', (whole: string) => whole.slice(0, -60), 'it ends before its signature does'],
    [
      'a header that says nothing',
      (whole: string) => whole.replace('Hash:', 'Comment:'),
      'its signature can not be read',
    ],
  ])('is refused with %s', async (_, changed, words) => {
    archive.serve(changed(await text()));
    expect(await refusal(archive.open())).toContain(words);
  });

  test('by a key that had expired when it signed; one that expired later stays good', async () => {
    const { signer } = archive;
    await expect(
      archive.open({ keys: [await signer.expired(day + days)], now: day + 2 * days }),
    ).resolves.toBeDefined();
    expect(await refusal(archive.open({ keys: [await signer.expired(day - days)] }))).toContain('expired');
  });

  test('by a key that was revoked', async () => {
    expect(await refusal(archive.open({ keys: [await archive.signer.revoked(day - days)] }))).toContain('revoked');
  });

  test('from the future', async () => {
    archive.serve(await archive.signer.sign(published({ suite: 'bookworm', packages: '' }).release, day + 3 * days));
    expect(await refusal(archive.open())).toContain('none of its signatures is a good one');
  });
});

describe('a sound signature is not enough', () => {
  test('under what another suite calls itself', async () => {
    await archive.publish({ fields: { Codename: 'bullseye' } });
    expect(await refusal(archive.open())).toContain('it is that of bullseye');
  });

  test('after its Valid-Until, and it is before', async () => {
    await archive.publish({ fields: { 'Valid-Until': spelled(day + 7 * days) } });
    await expect(archive.open({ now: day + 7 * days - 1 })).resolves.toBeDefined();
    expect(await refusal(archive.open({ now: day + 7 * days + 1 }))).toContain('it was valid until 2026-03-08');
  });

  test('with a date that is more than a day ahead', async () => {
    await archive.publish({ fields: { Date: spelled(day + 25 * hour) } });
    expect(await refusal(archive.open())).toContain('it is dated 2026-03-02');
    await expect(archive.open({ now: day + 2 * hour })).resolves.toBeDefined();
  });

  test('with a date, or an end, that is none', async () => {
    await archive.publish({ fields: { Date: '2026-03-01' } });
    expect(await refusal(archive.open())).toContain("its Date reads '2026-03-01'");
    await archive.publish({ fields: { 'Valid-Until': 'never' } });
    expect(await refusal(archive.open())).toContain("its Valid-Until reads 'never'");
  });

  test('once a newer one was seen', async () => {
    const old = await text();
    await archive.publish({ fields: { Date: spelled(day + hour) } });
    await archive.open();
    await archive.open();
    archive.serve(old);
    expect(await refusal(archive.open())).toContain('one of 2026-03-01T13:00:00.000Z was seen before');
    expect(await refusal(archive.open())).toContain('was seen before');
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
    await expect(archive.open({ signal: abortedAfter(50, reason) })).rejects.toBe(reason);
    expect(performance.now() - begun).toBeLessThan(400);
  });
});

function abortedAfter(milliseconds: number, reason: Error): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), milliseconds);
  return controller.signal;
}
