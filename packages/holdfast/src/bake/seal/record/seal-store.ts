import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomId } from '../../../kit/id.ts';
import type { Digest } from '../../../ports/baked-image.ts';
import { answered, occasionOf } from '../said.ts';
import type { PublicKey } from './public-key.ts';
import { names, openSeal, type Seal, type SealFiles } from './seal.ts';

/** Where the records of an image are: `seals/<hex>` in the store's folder. */
export const sealsFolder = (store: string, digest: Digest): string =>
  join(store, 'seals', digest.slice('sha256:'.length));

/** Where one record is: by key, since a store may be shared by projects with keys of their own, and by its occasion. */
export const sealFolder = (store: string, digest: Digest, { id }: Pick<PublicKey, 'id'>, occasion: string): string =>
  join(sealsFolder(store, digest), `${id.slice(0, 16)}-${occasion}`);

/** As {@link sealFolder}, of a record that was read. */
export const folderOf = (store: string, { digest, signer, inputs, checks }: Seal): string =>
  sealFolder(store, digest, signer, occasionOf(inputs, answered(checks)));

/** Writes a record. The signed part comes last: until it is there, the image is not sealed. */
export async function writeSeal(folder: string, files: SealFiles): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeWhole(join(folder, names.sbom), files.sbom);
  await writeWhole(join(folder, names.seal), files.seal);
}

/**
 * The verified record of an image by one of these keys: the one that fits, else any; undefined where there is none.
 * Throws a Problem where there is none that holds, but one that does not.
 */
export async function readSeal(
  store: string,
  digest: Digest,
  keys: readonly PublicKey[],
  fits: (seal: Seal) => boolean = () => true,
): Promise<Seal | undefined> {
  const all = await readdir(sealsFolder(store, digest)).catch(() => []);
  const own = all.filter(name => keys.some(({ id }) => name.startsWith(`${id.slice(0, 16)}-`)));
  const read = await Promise.allSettled(own.map(name => readAt(join(sealsFolder(store, digest), name), digest, keys)));
  const found = read.flatMap(one => (one.status === 'fulfilled' && one.value ? [one.value] : []));
  const broken = read.find(one => one.status === 'rejected');
  if (found.length === 0 && broken) throw broken.reason;
  return found.find(fits) ?? found[0];
}

async function readAt(folder: string, digest: Digest, keys: readonly PublicKey[]): Promise<Seal | undefined> {
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
