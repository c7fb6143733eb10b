import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { day, published, signer, spelled, stanza } from '../testing/archive.ts';
import { type Ground, ground, inRelease, refusal } from '../testing/ground.ts';

const hour = 3_600_000;
const days = 24 * hour;

let archive: Ground;
beforeEach(async () => {
  archive = await ground();
  await archive.publish();
});
afterEach(() => archive[Symbol.asyncDispose]());

const text = async (): Promise<string> => String(archive.mirror.files.get(inRelease));

describe('a signature', () => {
  test('that is missing', async () => {
    archive.serve(published({ suite: 'bookworm', packages: '' }).release);
    expect(await refusal(archive.open())).toContain('it is not signed');
  });

  test('by a key that Debian does not have', async () => {
    const other = await signer();
    expect(await refusal(archive.open({ keys: [other.armored] }))).toContain(
      'none of its signatures is by a key of Debian',
    );
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
    expect(await refusal(archive.open())).toContain('a key of Debian is not a good one');
  });

  test.each([
    ['text before it', (whole: string) => `Origin: Debian\n\n${whole}`, 'it is not signed'],
    ['text after it', (whole: string) => `${whole}\nSHA256:\n`, 'more than one signed message'],
    [
      'another signature after it',
      (whole: string) => whole + whole.slice(whole.indexOf('-----BEGIN PGP SIGNATURE')),
      'more than one',
    ],
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
      "its signature can't be read",
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
    expect(await refusal(archive.open())).toContain('a key of Debian is not a good one');
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
