import { gzipSync } from 'node:zlib';
import { createCleartextMessage, generateKey, type PrivateKey, reformatKey, revokeKey, sign } from 'openpgp';
import { sha256 } from '../../../../kit/hash.ts';

/** A day on which the archives of the tests are made. */
export const day = Date.parse('2026-03-01T12:00:00Z');

/** A key of an archive: what signs with it, and its public half in armor. */
export interface Signer {
  readonly armored: string;
  sign(text: string, date?: number): Promise<string>;
  /** With a second signature, by another key. */
  signWith(other: Signer, text: string): Promise<string>;
  alsoSign(keys: readonly PrivateKey[], text: string): Promise<string>;
  /** Its public half as it is once it ran out, or was revoked, at a time. */
  expired(date: number): Promise<string>;
  revoked(date: number): Promise<string>;
}

/** A time as an index has it. */
export const spelled = (time: number): string => new Date(time).toUTCString().replace('GMT', 'UTC');

const born = new Date('2025-01-01');
const userIDs = [{ name: 'An archive' }];

export async function signer(): Promise<Signer> {
  const { privateKey, publicKey } = await generateKey({ type: 'curve25519', userIDs, date: born, format: 'object' });
  return {
    armored: publicKey.armor(),
    sign: (text, date = day) => signedBy([privateKey], text, date),
    async expired(date) {
      const keyExpirationTime = (date - born.getTime()) / 1000;
      const { publicKey } = await reformatKey({ privateKey, userIDs, keyExpirationTime, date: born, format: 'object' });
      return publicKey.armor();
    },
    async revoked(date) {
      const { publicKey } = await revokeKey({ key: privateKey, date: new Date(date), format: 'object' });
      return publicKey.armor();
    },
    signWith: async (other, text) => other.alsoSign([privateKey], text),
    alsoSign: (keys, text) => signedBy([...keys, privateKey], text, day),
  };
}

async function signedBy(signingKeys: PrivateKey[], text: string, date: number): Promise<string> {
  const message = await createCleartextMessage({ text });
  return (await sign({ message, signingKeys, date: new Date(date) })).replaceAll('\r\n', '\n');
}

export interface Published {
  readonly suite: string;
  readonly packages: string;
  /** Over the usual ones; an empty one is left out. */
  readonly fields?: Readonly<Record<string, string>>;
  /** What the index says of the unpacked Packages file, when it is not the truth. */
  readonly plain?: { readonly sha256: string; readonly size: number };
}

/** The text of the suite's Release, and its files by path below the suite's folder. */
export function published({ suite, packages, fields = {}, plain }: Published) {
  const packed = gzipSync(packages);
  const path = 'main/binary-amd64/Packages';
  const said = plain ?? { sha256: sha256(packages), size: Buffer.byteLength(packages) };
  const usual = {
    Origin: 'Tests',
    Suite: 'oldstable',
    Codename: suite,
    Date: spelled(day),
    'Acquire-By-Hash': 'yes',
  };
  const lines = Object.entries({ ...usual, ...fields }).flatMap(([name, value]) => (value ? `${name}: ${value}` : []));
  const list = [` ${said.sha256} ${said.size} ${path}`, ` ${sha256(packed)} ${packed.length} ${path}.gz`];
  return {
    release: [...lines, 'SHA256:', ...list, ''].join('\n'),
    files: new Map([
      [`${path}.gz`, packed],
      [`main/binary-amd64/by-hash/SHA256/${sha256(packed)}`, packed],
    ]),
  };
}

/** A stanza as Debian's archive writes it. */
export const stanza = (name: string, version: string, more: Readonly<Record<string, string>> = {}): string =>
  Object.entries({
    Package: name,
    Version: version,
    Architecture: 'amd64',
    ...more,
    Filename: more.Filename ?? `pool/main/${name[0]}/${name}/${name}_${version}_amd64.deb`,
    Size: '1234',
    SHA256: sha256(name + version),
  })
    .map(([field, value]) => `${field}: ${value}\n`)
    .join('');
