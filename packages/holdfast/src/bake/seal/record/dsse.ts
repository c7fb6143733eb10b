import { type KeyObject, sign, verify } from 'node:crypto';
import type { PublicKey } from './public-key.ts';

/** A signed payload, as DSSE 1.0 has it (secure-systems-lab/dsse, envelope.md). */
export interface Envelope {
  readonly payloadType: string;
  /** In base64. */
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicKey: PublicKey;
}

/** Signs a payload by ed25519. */
export function signed(payloadType: string, payload: string, key: SigningKey): Envelope {
  const sig = sign(null, encoding(payloadType, payload), key.privateKey).toString('base64');
  return {
    payloadType,
    payload: Buffer.from(payload).toString('base64'),
    signatures: [{ keyid: key.publicKey.id, sig }],
  };
}

export const payloadOf = ({ payload }: Envelope): string => Buffer.from(payload, 'base64').toString('utf8');

/** The key of the list whose signature holds; undefined where there is none. */
export function signerOf(envelope: Envelope, keys: readonly PublicKey[]): PublicKey | undefined {
  const bytes = encoding(envelope.payloadType, payloadOf(envelope));
  return keys.find(({ id, key }) =>
    envelope.signatures.some(({ keyid, sig }) => keyid === id && verify(null, bytes, key, Buffer.from(sig, 'base64'))),
  );
}

/** The one spelling of an envelope: what differs from it by a bit was changed. */
export const printEnvelope = (envelope: Envelope): string => `${JSON.stringify(envelope, undefined, 1)}\n`;

/** DSSE's pre-authentication encoding: the type is signed with the payload. */
const encoding = (type: string, payload: string): Buffer =>
  Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${Buffer.byteLength(payload)} ${payload}`);
