import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256 } from '../../kit/hash.ts';
import { randomId } from '../../kit/id.ts';
import type { BakedImage, Digest, LayerBlob } from '../../ports/baked-image.ts';
import type { FileHashes } from '../file-hashes.ts';

/** A layer as the store knows it by its key: which blob, or that there was nothing to add. */
export interface KnownLayer {
  readonly blob?: LayerBlob;
  /** Hosts that were contacted for it. */
  readonly contacted: readonly string[];
  /** Whether it was made twice, and came out the same. */
  readonly reproduced?: boolean;
}

type Noted<T> = { readonly sum: string; readonly is: T };

/**
 * The content-addressed store of layers and images, in a folder:
 *
 *     blobs/sha256/<hex>     layers, uncompressed tars, named by their digest
 *     layers/<key>.json      which blob came of these inputs
 *     images/<inputs>.json   manifest and configuration of the image that was baked of these inputs
 *     tmp/<id>/              what is in the making
 *
 * Entries appear whole or not at all. What is damaged counts as not there, and is taken away.
 */
export class ImageStore {
  readonly folder: string;
  readonly #hashes: FileHashes;

  constructor(folder: string, hashes: FileHashes) {
    this.folder = folder;
    this.#hashes = hashes;
  }

  async layer(key: string): Promise<KnownLayer | undefined> {
    const known = await this.#note<KnownLayer>('layers', key);
    if (!known?.blob) return known;
    const blob = { ...known.blob, file: this.blobPath(known.blob.digest) };
    return (await this.isWhole(blob)) ? { ...known, blob } : undefined;
  }

  keepLayer(key: string, known: KnownLayer): Promise<void> {
    return this.#keep('layers', key, known);
  }

  /** What came out otherwise the second time is made anew the next time. */
  async forget(key: string, inputs: string): Promise<void> {
    await Promise.all([
      rm(this.#notePath('layers', key), { force: true }),
      rm(this.#notePath('images', inputs), { force: true }),
    ]);
  }

  async image(inputs: string): Promise<BakedImage | undefined> {
    const image = await this.#note<BakedImage>('images', inputs);
    if (!image || !isConsistent(image)) return undefined;
    const layers = image.layers.map(layer => ({ ...layer, file: this.blobPath(layer.digest) }));
    const whole = await Promise.all(layers.map(layer => this.isWhole(layer)));
    return whole.every(Boolean) ? { ...image, layers } : undefined;
  }

  keepImage(inputs: string, image: BakedImage): Promise<void> {
    return this.#keep('images', inputs, image);
  }

  blobPath(digest: Digest): string {
    return join(this.folder, 'blobs', 'sha256', digest.slice('sha256:'.length));
  }

  /** Whether a blob is there, with the content that its name says. A damaged one is taken away. */
  async isWhole({ digest, file }: Pick<LayerBlob, 'digest' | 'file'>): Promise<boolean> {
    if (!existsSync(file)) return false;
    if (`sha256:${await this.#hashes.of(file)}` === digest) return true;
    await rm(file, { force: true });
    return false;
  }

  /**
   * Writes a blob while its digest is computed, and gives it its name when it is whole. What a loss of power tears is
   * found out by its digest, and made again. A chunk must be good until the one after the next is asked for.
   */
  async add(bytes: AsyncIterable<Uint8Array>, by: string, hash: BlobHash): Promise<LayerBlob> {
    const draft = join(await this.scratch(), 'layer.tar');
    const file = await open(draft, 'wx');
    let size = 0;
    let writing: Promise<void> = Promise.resolve();
    try {
      for await (const chunk of bytes) {
        hash.update(chunk);
        await writing;
        // All of it, or an error: a disk that fills up may take a part. The next chunk is made meanwhile.
        writing = file.appendFile(chunk);
        size += chunk.length;
      }
      await writing;
    } finally {
      await writing.catch(() => {});
      await file.close();
    }
    const digest: Digest = `sha256:${hash.digest('hex')}`;
    const path = this.blobPath(digest);
    await mkdir(dirname(path), { recursive: true });
    await rename(draft, path);
    await rm(dirname(draft), { recursive: true });
    await this.#hashes.learn(path, digest.slice('sha256:'.length));
    await this.#hashes.save();
    return { digest, size, file: path, by };
  }

  /** Takes in a layer that was written elsewhere on the same disk, and whose digest is known to be right. */
  async take(layer: LayerBlob): Promise<LayerBlob> {
    const path = this.blobPath(layer.digest);
    await mkdir(dirname(path), { recursive: true });
    await rename(layer.file, path);
    return { ...layer, file: path };
  }

  /** A new folder for what is in the making; whoever asks for it takes it away. */
  async scratch(): Promise<string> {
    const folder = join(this.folder, 'tmp', `${process.pid}-${randomId()}`);
    await mkdir(folder, { recursive: true });
    return folder;
  }

  async #note<T>(kind: string, key: string): Promise<T | undefined> {
    const path = this.#notePath(kind, key);
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    const note = parsed<T>(text);
    if (!note || note.sum !== sha256(JSON.stringify(note.is))) {
      await rm(path, { force: true });
      return undefined;
    }
    const now = new Date();
    // The time of the last use is what pruning goes by.
    await utimes(path, now, now).catch(() => {});
    return note.is;
  }

  async #keep<T>(kind: string, key: string, is: T): Promise<void> {
    const path = this.#notePath(kind, key);
    const draft = `${path}.${randomId()}`;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(draft, JSON.stringify({ sum: sha256(JSON.stringify(is)), is } satisfies Noted<T>));
    await rename(draft, path);
  }

  #notePath(kind: string, key: string): string {
    return join(this.folder, kind, `${key}.json`);
  }
}

interface BlobHash {
  update(chunk: Uint8Array): unknown;
  digest(encoding: 'hex'): string;
}

function parsed<T>(text: string): Noted<T> | undefined {
  try {
    return JSON.parse(text) as Noted<T>;
  } catch {
    return undefined;
  }
}

const isConsistent = ({ digest, manifest, configDigest, config }: BakedImage): boolean =>
  `sha256:${sha256(manifest)}` === digest && `sha256:${sha256(config)}` === configDigest;
