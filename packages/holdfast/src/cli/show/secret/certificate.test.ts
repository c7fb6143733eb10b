import { expect, test } from 'vitest';
import type { SecretShowOutput } from '../../output/secret/certificate.ts';
import { plain } from '../screen.ts';
import { certificateLines } from './certificate.ts';

const shown = (parts: Partial<SecretShowOutput>): string =>
  certificateLines(
    {
      name: 'tls',
      subject: 'CN=db',
      issuer: 'CN=ca',
      names: [],
      from: '2026-11-29T00:00:00.000Z',
      until: '2029-03-03T00:00:00.000Z',
      daysLeft: 824,
      fingerprint: 'AA:BB',
      ...parts,
    },
    plain,
  ).join('\n');

test('a certificate is shown with whom it is for, and how long', () => {
  expect(shown({ names: ['127.0.0.1', 'db'] })).toMatch(
    /for +127\.0\.0\.1, db\n +valid +2026-.* to 2029-.*, 824 days left\n/,
  );
  expect(shown({ daysLeft: -1 })).toContain('ended 1 day ago');
  expect(shown({})).not.toMatch(/for|trusted/);
});

test('an authority that is rotated says that the one before is still trusted', () => {
  expect(shown({ trusted: 1 })).not.toContain('trusted');
  expect(shown({ trusted: 2 })).toMatch(/trusted +with the one before, until the next up/);
});
