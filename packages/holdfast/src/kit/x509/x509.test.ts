import { execFile } from 'node:child_process';
import type { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  alone,
  type Credential,
  isBy,
  isRoot,
  namesOf,
  readCredential,
  spellCertificates,
  spellCredential,
  validityOf,
} from './credential.ts';
import { maySign, newAuthority, newCertificate } from './issue.ts';

const day = 86_400_000;
const now = Date.now();
const issue = { commonName: 'db-authority', organization: 'shop', unit: 'local', now, days: 3_650 };
const forDb = { ...issue, commonName: 'db', days: 825 };
const names = ['db', 'db-1', '127.0.0.1'];

let place = '';
let first: Credential;
let second: Credential;
let third: Credential;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'hf-x509-'));
  first = await newAuthority(issue);
  second = await newAuthority(issue, first);
  third = await newAuthority(issue, second);
});
afterAll(() => rm(place, { recursive: true }));

const openssl = async (...args: string[]): Promise<string> => {
  const { stdout } = await promisify(execFile)('openssl', args, { cwd: place });
  return stdout;
};

const put = async (name: string, certificates: readonly X509Certificate[]): Promise<string> => {
  await writeFile(join(place, name), spellCertificates(certificates));
  return name;
};

/** Whether OpenSSL, at its strictest, trusts a certificate that is shown together with others. */
async function isTrusted(shown: Credential, trusted: readonly X509Certificate[], use = 'sslserver'): Promise<boolean> {
  const args = ['-x509_strict', '-purpose', use, '-CAfile', await put('trusted.pem', trusted)];
  const behind = shown.further.length > 0 ? ['-untrusted', await put('behind.pem', shown.further)] : [];
  return openssl('verify', ...args, ...behind, await put('own.pem', [shown.own])).then(
    () => true,
    () => false,
  );
}

describe('a certificate', () => {
  test('is of an elliptic key, for its names, for a server and for a client, and signs nothing', async () => {
    const leaf = await newCertificate(forDb, names, first);
    const text = await openssl('x509', '-noout', '-text', '-in', await put('leaf.pem', [leaf.own]));
    for (const line of [
      'Signature Algorithm: ecdsa-with-SHA256',
      'ASN1 OID: prime256v1',
      'Subject: O = shop, OU = local, CN = db\n',
      'DNS:db, DNS:db-1, IP Address:127.0.0.1',
      'TLS Web Server Authentication, TLS Web Client Authentication',
      'CA:FALSE',
    ])
      expect(text).toContain(line);
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature\n/);
    expect(namesOf(leaf.own)).toEqual(names.toSorted());
    expect(maySign(leaf)).toBe(false);
  });

  test('is trusted by those who trust its authority, as a server and as a client, and by nobody else', async () => {
    const leaf = await newCertificate(forDb, names, first);
    for (const use of ['sslserver', 'sslclient']) expect(await isTrusted(leaf, [first.own], use)).toBe(true);
    expect(await isTrusted(leaf, [(await newAuthority(issue)).own])).toBe(false);
    expect(await isTrusted(leaf, [second.own])).toBe(false);
  });

  test('is valid for so many days, from a little before', async () => {
    const { from, until } = validityOf((await newCertificate(forDb, names, first)).own);
    expect(until - now).toBeGreaterThan(825 * day - 1_000);
    expect(until - now).toBeLessThanOrEqual(825 * day);
    expect(now - from).toBeGreaterThanOrEqual(3_600_000);
  });

  test('is another one each time, of another key', async () => {
    const leaves = await Promise.all([1, 2, 3].map(() => newCertificate(forDb, names, first)));
    expect(new Set(leaves.map(({ own }) => own.serialNumber)).size).toBe(3);
    expect(new Set(leaves.map(({ key }) => key)).size).toBe(3);
  });

  test('its key is one that OpenSSL reads, and its own', async () => {
    const leaf = await newCertificate(forDb, names, first);
    await writeFile(join(place, 'key.pem'), leaf.key);
    const ofKey = await openssl('pkey', '-in', 'key.pem', '-pubout');
    expect(await openssl('x509', '-in', await put('own.pem', [leaf.own]), '-noout', '-pubkey')).toBe(ofKey);
  });
});

describe('an authority', () => {
  test('signs certificates and nothing else, and has its own name', async () => {
    const text = await openssl('x509', '-noout', '-text', '-in', await put('ca.pem', [first.own]));
    expect(text).toMatch(/Basic Constraints: critical\s+CA:TRUE\n/);
    expect(text).toMatch(/Key Usage: critical\s+Certificate Sign, CRL Sign\n/);
    expect(text).toMatch(/Subject: O = shop, OU = local, CN = db-authority, serialNumber = [0-9a-f]{8}\n/);
    expect([isRoot(first.own), maySign(first), first.further, namesOf(first.own)]).toEqual([true, true, [], []]);
  });

  test('that follows another has another name, and is vouched for by the one before', () => {
    const [bridge, before, ...more] = second.further as [X509Certificate, X509Certificate];
    expect(second.own.subject).not.toBe(first.own.subject);
    expect([bridge.subject, isRoot(bridge), isBy(bridge, first.own)]).toEqual([second.own.subject, false, true]);
    expect([before.fingerprint256, more]).toEqual([first.own.fingerprint256, []]);
  });

  test('signs what those trust who trust any of those before it, and what those trust who trust it alone', async () => {
    const leaf = await newCertificate(forDb, names, third);
    for (const { own } of [first, second, third]) expect(await isTrusted(leaf, [own])).toBe(true);
    expect(await isTrusted(alone(leaf), [third.own])).toBe(true);
    expect(await isTrusted(alone(leaf), [first.own])).toBe(false);
  });
});

/** What an instance of one generation has: what it shows, and whom it trusts. */
interface Member {
  readonly shows: Credential;
  readonly trusts: readonly X509Certificate[];
}

/** Both show a certificate, and both refuse one that they do not trust. */
async function shakeHands(server: Member, client: Member): Promise<string> {
  const options = ({ shows, trusts }: Member) => ({
    key: shows.key,
    cert: spellCertificates([shows.own, ...shows.further]),
    ca: spellCertificates(trusts),
  });
  const listening = createServer({ ...options(server), requestCert: true, rejectUnauthorized: true }, socket =>
    socket.end('well'),
  );
  await once(listening.listen(0, '127.0.0.1'), 'listening');
  const { port } = listening.address() as AddressInfo;
  const socket: TLSSocket = connect({ ...options(client), port, host: '127.0.0.1', servername: 'db' });
  try {
    const [said] = await once(socket.setEncoding('utf8'), 'data');
    return said as string;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  } finally {
    socket.destroy();
    listening.close();
  }
}

describe('while an authority is rotated', () => {
  const generations = async (): Promise<readonly Member[]> => {
    const renewed = await newCertificate(forDb, names, second);
    return [
      { shows: await newCertificate(forDb, names, first), trusts: [first.own] },
      { shows: renewed, trusts: [second.own, first.own] },
      { shows: alone(renewed), trusts: [second.own] },
    ];
  };

  test('those of the release that runs and of the next one understand each other, both ways', async () => {
    const [before, during, after] = (await generations()) as [Member, Member, Member];
    for (const [one, other] of [
      [before, during],
      [during, after],
    ] as const)
      for (const [server, client] of [
        [one, other],
        [other, one],
        [one, one],
        [other, other],
      ] as const)
        expect(await shakeHands(server, client)).toBe('well');
  });

  test('and two releases are needed: those before and after it do not', async () => {
    const [before, , after] = (await generations()) as [Member, Member, Member];
    expect(await shakeHands(before, after)).not.toBe('well');
    expect(await shakeHands(after, before)).not.toBe('well');
  });
});

describe('PEM', () => {
  test('is read as it was written, with whatever stands around it', () => {
    const text = spellCredential(third);
    expect(text.match(/BEGIN [A-Z ]+/g)).toEqual(['BEGIN PRIVATE KEY', ...Array(5).fill('BEGIN CERTIFICATE')]);
    for (const given of [text, text.trimEnd(), `Bag Attributes\n${text}\n# end`, text.replaceAll('\n', '\r\n')]) {
      const read = readCredential(given);
      expect(read && spellCredential(read)).toBe(text);
    }
  });

  test('without a key, or with the certificate of another one in front, is none', async () => {
    const leaf = await newCertificate(forDb, names, first);
    const { own } = first;
    for (const text of ['', 'password', leaf.key, spellCertificates([own]), spellCredential({ ...leaf, own })])
      expect(readCredential(text)).toBeUndefined();
  });

  test('that is damaged anywhere is none, and never throws', () => {
    const text = spellCredential(second);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.nat(text.length), fc.string(), (at, length, instead) => {
        const read = readCredential(text.slice(0, at) + instead + text.slice(at + length));
        return read === undefined || read.key.includes('PRIVATE KEY');
      }),
      { numRuns: 200 },
    );
    expect(readCredential(text.slice(0, 300))).toBeUndefined();
  });
});
