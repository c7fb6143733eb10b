import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../kit/hash.ts';
import type { BakedImage, Digest } from '../../ports/baked-image.ts';

/** An image as its note in the store tells it. */
export interface StoredImage {
  /** SHA-256 over all that went in, in hex. */
  readonly inputs: string;
  readonly image: BakedImage;
  /** Whether all its layers are there. Their bytes are not read. */
  readonly isThere: boolean;
}

/** A note of the store; what is damaged has no content, and says why. */
export interface Note<T> {
  readonly file: string;
  readonly key: string;
  readonly is?: T;
  readonly damage?: string;
}

export const blobFile = (store: string, digest: Digest): string =>
  join(store, 'blobs', 'sha256', digest.slice('sha256:'.length));

/** All images that a store knows. To look at them is no use of them: pruning goes by the same times as before. */
export async function storedImages(store: string): Promise<readonly StoredImage[]> {
  const notes = await notesIn<BakedImage>(store, 'images');
  return notes.flatMap(({ key, is }) => {
    if (!is) return [];
    const layers = is.layers.map(layer => ({ ...layer, file: blobFile(store, layer.digest) }));
    return [{ inputs: key, image: { ...is, layers }, isThere: layers.every(({ file }) => existsSync(file)) }];
  });
}

export async function notesIn<T>(store: string, kind: 'images' | 'layers'): Promise<readonly Note<T>[]> {
  const names = await readdir(join(store, kind)).catch(() => []);
  const notes = names.filter(name => name.endsWith('.json')).sort();
  return Promise.all(notes.map(name => noteAt<T>(join(store, kind, name), name.slice(0, -'.json'.length))));
}

async function noteAt<T>(file: string, key: string): Promise<Note<T>> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return { file, key, damage: 'it can’t be read' };
  try {
    const { sum, is } = JSON.parse(text) as { readonly sum: string; readonly is: T };
    if (sum === sha256(JSON.stringify(is))) return { file, key, is };
  } catch {
    // As with a sum that does not fit: these are not the bytes that were written.
  }
  return { file, key, damage: 'it is not what was written there' };
}
