import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  sign,
  verify,
} from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonical } from '../kit/json.ts';
import { exitCode, Problem } from '../kit/problem.ts';
import type { ChainEnd } from './chain.ts';
import { stateFolder } from './state-folder.ts';

/** The end of a journal's chain at a time. `at` is ISO 8601, UTC. */
export interface Head extends ChainEnd {
  readonly journal: string;
  readonly at: string;
}

export interface SignedHead extends Head {
  /** The signer's public ed25519 key, as in a JWK's `x`. */
  readonly key: string;
  /** base64url. */
  readonly signature: string;
}

export interface Signer {
  readonly key: string;
  sign(head: Head): SignedHead;
}

/**
 * Signs with this machine's own key, which is made at first use and never leaves it: `key` in the folder, readable by
 * the user alone. Throws a {@link Problem} where it can be neither read nor made.
 */
export function openSigner(folder = stateFolder()): Signer {
  const path = join(folder, 'key');
  try {
    return signerWith(createPrivateKey(keyText(folder, path)));
  } catch (error) {
    throw keyProblem(path, error);
  }
}

export function signerWith(secret: KeyObject): Signer {
  const key = createPublicKey(secret).export({ format: 'jwk' }).x ?? '';
  return {
    key,
    sign: head => ({ ...head, key, signature: sign(null, message(head), secret).toString('base64url') }),
  };
}

/** Tells whether a head was signed by the key that it names. Reads each key once. */
export function headVerifier(): (head: SignedHead) => boolean {
  const keys = new Map<string, KeyObject>();
  return head => {
    try {
      const key = keys.get(head.key) ?? publicKey(head.key);
      keys.set(head.key, key);
      return verify(null, message(head), key, Buffer.from(head.signature, 'base64url'));
    } catch {
      return false;
    }
  };
}

const message = ({ journal, seq, hash, at }: Head): Buffer => Buffer.from(canonical({ journal, seq, hash, at }));

const publicKey = (x: string): KeyObject => createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });

function keyText(folder: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    makeKey(folder, path);
    return readFileSync(path, 'utf8');
  }
}

/** A link fails where the name is taken: of two processes that make the key at once, one wins and both read the same. */
function makeKey(folder: string, path: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  writeFileSync(draft, pem, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
}

const keyProblem = (path: string, cause: unknown): Problem =>
  new Problem({
    what: "The key that signs this machine's journals can't be used",
    where: path,
    why: cause instanceof Error ? cause.message : String(cause),
    fix: 'Make the folder writable, or set XDG_STATE_HOME to one that is. A damaged key: move it away, a new one is made',
    exit: exitCode.unreachable,
    cause,
  });
