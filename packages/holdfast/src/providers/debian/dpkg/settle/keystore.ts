import { createHash } from 'node:crypto';

const magic = 0xfeedfeed;
const trusted = 2;
/** What ca-certificates-java protects its store with: no secret. */
const password = Buffer.from('changeit', 'utf16le').swap16();
const whitener = Buffer.from('Mighty Aphrodite');

/**
 * A Java keystore of certificates with all of them dated to the epoch, in place of when it was made (the JKS format:
 * sun.security.provider.JavaKeyStore). Unchanged where it is of another format or holds keys.
 */
export function datedKeystore(bytes: Uint8Array, epoch: number): Uint8Array {
  const store = Buffer.from(bytes);
  if (store.length < 32 || store.readUInt32BE(0) !== magic || store.readUInt32BE(4) !== 2) return bytes;
  const dates = datesIn(store);
  if (!dates) return bytes;
  for (const at of dates) store.writeBigUInt64BE(BigInt(epoch) * 1000n, at);
  const body = store.subarray(0, -20);
  createHash('sha1').update(password).update(whitener).update(body).digest().copy(store, body.length);
  return store;
}

/** Where the dates stand; undefined where an entry is no certificate. */
function datesIn(store: Buffer): readonly number[] | undefined {
  const dates: number[] = [];
  let at = 12;
  for (let left = store.readUInt32BE(8); left > 0; left -= 1) {
    if (store.readUInt32BE(at) !== trusted) return undefined;
    const date = at + 6 + store.readUInt16BE(at + 4);
    dates.push(date);
    const kind = date + 8;
    const content = kind + 2 + store.readUInt16BE(kind);
    at = content + 4 + store.readUInt32BE(content);
  }
  return at === store.length - 20 ? dates : undefined;
}
