import { readKey } from 'openpgp';
import { expect, test } from 'vitest';
import { debianKeys } from './debian-keys.ts';

/** As Debian publishes them with each release, and as `gpg --show-keys` reads them from debian-archive-keyring. */
const published = [
  'b8b80b5b623eab6ad8775c45b7c5d7d6350947f8',
  '05ab90340c0c5e797f44a8c8254cf3b5aec0a8f0',
  '4d64fec119c2029067d6e791f8d2585b8783d481',
  '04b54c3cdca79751b16bc6b5225629df75b188bd',
  '5e04a1e3223a19a20706e20f9904613d4cce68c6',
  '41587f7db8c774bccf131416762f67a0b2c39de4',
];

test("the keys are Debian's, public alone, and can sign", async () => {
  const keys = await Promise.all((await debianKeys()).map(armoredKey => readKey({ armoredKey })));
  expect(keys.map(key => key.getFingerprint())).toEqual(published);
  for (const key of keys) {
    expect(key.isPrivate()).toBe(false);
    await key.getSigningKey(undefined, new Date('2026-01-01'));
  }
});
