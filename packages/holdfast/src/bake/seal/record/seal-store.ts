import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomId } from '../../../kit/id.ts';
import type { Digest } from '../../../ports/baked-image.ts';
import type { PublicKey } from './public-key.ts';
import { names, openSeal, type Seal, type SealFiles } from './seal.ts';

/** Where the records of an image are: `seals/<hex>` in the store's folder. */
export const sealsFolder = (store: string, digest: Digest): string =>
  join(store, 'seals', digest.slice('sha256:'.length));

/** Where the record by one key is: a store may be shared by projects, each with keys of its own. */
export const sealFolder = (store: string, digest: Digest, { id }: Pick<PublicKey, 'id'>): string =>
  join(sealsFolder(store, digest), id.slice(0, 16));

/** Writes a record. The signed part comes last: until it is there, the image is not sealed. */
export async function writeSeal(store: string, digest: Digest, key: PublicKey, files: SealFiles): Promise<void> {
  const folder = sealFolder(store, digest, key);
  await mkdir(folder, { recursive: true });
  await writeWhole(join(folder, names.sbom), files.sbom);
  await writeWhole(join(folder, names.seal), files.seal);
}

/**
 * The verified record of an image by one of these keys; undefined where there is none. Throws a Problem where the only
 * one does not hold.
 */
export async function readSeal(store: string, digest: Digest, keys: readonly PublicKey[]): Promise<Seal | undefined> {
  const read = await Promise.allSettled(keys.map(key => readBy(store, digest, key, keys)));
  const found = read.flatMap(one => (one.status === 'fulfilled' && one.value ? [one.value] : []));
  const broken = read.find(one => one.status === 'rejected');
  if (found.length === 0 && broken) throw broken.reason;
  return found[0];
}

async function readBy(store: string, digest: Digest, key: PublicKey, keys: readonly PublicKey[]) {
  const folder = sealFolder(store, digest, key);
  const seal = await textOf(join(folder, names.seal));
  if (seal === undefined) return undefined;
  const sbom = (await textOf(join(folder, names.sbom))) ?? '';
  return openSeal({ seal, sbom }, digest, keys, folder);
}

async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomId()}`;
  await writeFile(draft, text, { flush: true });
  await rename(draft, path);
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return decoded(await readFile(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What is no UTF-8 is none of ours: a decoder that mends it would let it pass. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return '';
  }
}
