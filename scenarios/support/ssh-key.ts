import { generateKeyPairSync, type KeyObject } from 'node:crypto';

export interface SshKey {
  /** As a line of `authorized_keys`. */
  readonly open: string;
  readonly closed: string;
}

/** A new pair, for a server or for who logs in. */
export function sshKey(): SshKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { open: openLine(publicKey), closed: privateKey.export({ type: 'sec1', format: 'pem' }).toString() };
}

/** RFC 5656: the name of the kind, that of the curve, and the point. */
function openLine(key: KeyObject): string {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  const kind = 'ecdsa-sha2-nistp256';
  return `${kind} ${Buffer.concat([Buffer.from(kind), Buffer.from('nistp256'), point].map(counted)).toString('base64')}`;
}

const counted = (part: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  return Buffer.concat([length, part]);
};
