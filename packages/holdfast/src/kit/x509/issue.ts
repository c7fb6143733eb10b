import { createPrivateKey, generateKeyPair, type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import { type Credential, isRoot } from './credential.ts';
import type { Template } from './sign.ts';

/** Whom a certificate is of, and how long it is valid. */
export interface Issue {
  readonly commonName: string;
  /** What it belongs to, in the parts `O` and `OU` of its name. */
  readonly organization: string;
  readonly unit: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How many days it is valid. */
  readonly days: number;
}

/**
 * A new authority, that nobody trusts yet. With one before it, it brings that one's certificates along, and one of its
 * own key that the one before has signed: who trusts the one before alone then trusts what the new one signs.
 */
export async function newAuthority(issue: Issue, before?: Credential): Promise<Credential> {
  const { publicKey, privateKey } = await newKeys();
  // Two that follow each other have different names: a verifier that looks for an issuer by name finds the right one.
  const { subject, ...plain } = templateOf(issue, publicKey);
  const template = { ...plain, subject: { ...subject, generation: randomBytes(4).toString('hex') }, authority: true };
  const own = await signed(template, { key: privateKey });
  const further = before
    ? [
        await signed(template, { key: createPrivateKey(before.key), certificate: before.own }),
        before.own,
        ...before.further,
      ]
    : [];
  return { key: spellKey(privateKey), own, further };
}

/** A new key with a certificate for these names, which both a server and a client may show. */
export async function newCertificate(issue: Issue, names: readonly string[], by: Credential): Promise<Credential> {
  const { publicKey, privateKey } = await newKeys();
  const issuer = { key: createPrivateKey(by.key), certificate: by.own };
  const own = await signed({ ...templateOf(issue, publicKey), names }, issuer);
  return { key: spellKey(privateKey), own, further: [by.own, ...by.further].filter(one => !isRoot(one)) };
}

/** Whether it can sign certificates here: with an elliptic key, as an authority. */
export const maySign = ({ key, own }: Credential): boolean =>
  own.ca && createPrivateKey(key).asymmetricKeyType === 'ec';

const newKeys = () => promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });

const spellKey = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

/** Loaded when something is signed, which is seldom: reading a certificate needs none of it. */
const signed = async (...parts: Parameters<typeof import('./sign.ts').sign>): Promise<X509Certificate> =>
  new X509Certificate((await import('./sign.ts')).sign(...parts));

const day = 86_400_000;

/** By how much the clocks of two machines may differ. */
const slack = 3_600_000;

const templateOf = ({ commonName, organization, unit, now, days }: Issue, publicKey: KeyObject): Template => ({
  subject: { commonName, organization, unit },
  publicKey,
  from: now - slack,
  until: now + days * day,
});
