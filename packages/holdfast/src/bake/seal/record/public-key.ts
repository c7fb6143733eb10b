import { createPublicKey, type KeyObject } from 'node:crypto';
import { sha256 } from '../../../kit/hash.ts';
import { exitCode, Problem } from '../../../kit/problem.ts';

/** A public key of the team. */
export interface PublicKey {
  /** SHA-256 of its 32 bytes, in hex. */
  readonly id: string;
  readonly key: KeyObject;
  /** Whose it is, for people. */
  readonly comment: string;
}

export function publicKeyOf(key: KeyObject, comment: string): PublicKey {
  return { id: sha256(bytesOf(key)), key: publicPart(key), comment };
}

/** As `holdfast.keys` has it: `ed25519 <base64> <comment>`. */
export const printKey = ({ key, comment }: PublicKey): string =>
  `ed25519 ${bytesOf(key).toString('base64')} ${comment}`.trimEnd();

/** The keys that a `holdfast.keys` lists, one a line; lines that begin with `#` are for people. */
export function parseKeys(text: string, where: string): readonly PublicKey[] {
  return text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), at: `${where}:${index + 1}` }))
    .filter(({ line }) => line !== '' && !line.startsWith('#'))
    .map(({ line, at }) => parseKey(line, at));
}

function parseKey(line: string, where: string): PublicKey {
  const [, base64 = '', comment = ''] = /^ed25519\s+([A-Za-z0-9+/]{43}=)(?:\s+(.*))?$/.exec(line) ?? [];
  if (base64 === '') throw notAKey(where);
  const x = Buffer.from(base64, 'base64').toString('base64url');
  try {
    return publicKeyOf(createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), comment);
  } catch (cause) {
    throw notAKey(where, cause);
  }
}

const notAKey = (where: string, cause?: unknown): Problem =>
  new Problem({
    what: 'a line of holdfast.keys is no public key',
    where,
    why: 'it is not of the form `ed25519 <base64 of 32 bytes> <comment>`',
    fix: 'bring it back from version control, or take the line away',
    exit: exitCode.wrongUse,
    cause,
  });

/** The key itself, without what says which kind it is (RFC 8037). */
function bytesOf(key: KeyObject): Buffer {
  const { x = '' } = publicPart(key).export({ format: 'jwk' });
  return Buffer.from(x, 'base64url');
}

const publicPart = (key: KeyObject): KeyObject => (key.type === 'private' ? createPublicKey(key) : key);
