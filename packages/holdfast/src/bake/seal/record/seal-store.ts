import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomId } from '../../../kit/id.ts';
import type { Digest } from '../../../ports/baked-image.ts';
import type { PublicKey } from './public-key.ts';
import { names, openSeal, type Seal, type SealFiles } from './seal.ts';

/** Where the record of an image is: `seals/<hex>` in the store's folder. */
export const sealFolder = (store: string, digest: Digest): string =>
  join(store, 'seals', digest.slice('sha256:'.length));

/** Writes a record. The signed part comes last: until it is there, the image is not sealed. */
export async function writeSeal(store: string, digest: Digest, files: SealFiles): Promise<void> {
  const folder = sealFolder(store, digest);
  await mkdir(folder, { recursive: true });
  await writeWhole(join(folder, names.sbom), files.sbom);
  await writeWhole(join(folder, names.seal), files.seal);
}

/** The verified record of an image; undefined where it is not sealed. Throws a Problem for one that does not hold. */
export async function readSeal(store: string, digest: Digest, keys: readonly PublicKey[]): Promise<Seal | undefined> {
  const folder = sealFolder(store, digest);
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
