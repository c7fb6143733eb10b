import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pLimit from 'p-limit';
import { sha256 } from '../../kit/hash.ts';
import type { BakedImage, Digest } from '../../ports/baked-image.ts';
import { blobFile, type Note, notesIn } from './inventory.ts';
import type { KnownLayer } from './store.ts';

/** A file of the store that is not what it should be. */
export interface Damage {
  readonly file: string;
  readonly why: string;
  /** Inputs of the images that are made of it. */
  readonly images: readonly string[];
}

export interface Verified {
  /** Files that were read. */
  readonly files: number;
  /** Bytes that were read. */
  readonly bytes: number;
  readonly damage: readonly Damage[];
}

/**
 * Reads every byte of the images of these inputs, and compares it with the digest that it goes by; of the whole store
 * where none are given. Nothing that was remembered counts.
 */
export async function verifyStore(
  store: string,
  only: ReadonlySet<string> | undefined,
  signal: AbortSignal,
): Promise<Verified> {
  const images = (await notesIn<BakedImage>(store, 'images')).filter(({ key }) => !only || only.has(key));
  const layers = only ? [] : await notesIn<KnownLayer>(store, 'layers');
  const users = usersOf(images);
  const digests = only ? [...users.keys()] : [...new Set([...users.keys(), ...(await blobsIn(store))])];
  const inTurn = pLimit(2);
  const blobs = await inTurn.map(digests, digest => blobAt(blobFile(store, digest), digest, signal));
  const notes = [...images.map(imageDamage), ...layers.map(noteDamage)];
  return {
    files: blobs.length + notes.length,
    bytes: blobs.reduce((sum, { size }) => sum + size, 0),
    damage: [
      ...blobs.flatMap(({ file, digest, why }) => (why ? [{ file, why, images: users.get(digest) ?? [] }] : [])),
      ...notes.filter(found => found !== undefined),
    ],
  };
}

function usersOf(images: readonly Note<BakedImage>[]): ReadonlyMap<Digest, readonly string[]> {
  const users = new Map<Digest, string[]>();
  for (const { key, is } of images)
    for (const { digest } of is?.layers ?? []) users.set(digest, [...(users.get(digest) ?? []), key]);
  return users;
}

const blobsIn = async (store: string): Promise<readonly Digest[]> =>
  (await readdir(join(store, 'blobs', 'sha256')).catch(() => [])).map((name): Digest => `sha256:${name}`);

interface Blob {
  readonly file: string;
  readonly digest: Digest;
  readonly size: number;
  readonly why?: string;
}

async function blobAt(file: string, digest: Digest, signal: AbortSignal): Promise<Blob> {
  if (!existsSync(file)) return { file, digest, size: 0, why: 'it is missing' };
  const { size } = await stat(file);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash, { signal });
  if (`sha256:${hash.digest('hex')}` === digest) return { file, digest, size };
  await forget(file);
  return { file, digest, size, why: 'its bytes are not those that its name says' };
}

/** With another time, nobody takes a remembered hash for it: the next bake sees the damage too, and makes it anew. */
async function forget(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now).catch(() => {});
}

const noteDamage = ({ file, key, damage }: Note<unknown>): Damage | undefined =>
  damage === undefined ? undefined : { file, why: damage, images: [key] };

function imageDamage(note: Note<BakedImage>): Damage | undefined {
  const why = note.is && inconsistency(note.is);
  return why ? { file: note.file, why, images: [note.key] } : noteDamage(note);
}

function inconsistency({ digest, manifest, configDigest, config, layers }: BakedImage): string | undefined {
  if (`sha256:${sha256(manifest)}` !== digest) return 'its manifest is not that of its digest';
  if (`sha256:${sha256(config)}` !== configDigest) return 'its configuration is not that of its digest';
  const named = JSON.parse(manifest) as {
    readonly config: { readonly digest: string };
    readonly layers: readonly { readonly digest: string }[];
  };
  const isSame =
    named.config.digest === configDigest &&
    named.layers.map(one => one.digest).join() === layers.map(one => one.digest).join();
  return isSame ? undefined : 'its manifest names other layers';
}
