import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { sha256 } from '../kit/hash.ts';
import { randomId } from '../kit/id.ts';

/** From this size on a file's hash is worth remembering, in bytes. */
const large = 256 * 1024;

interface Remembered {
  readonly stamp: string;
  readonly hash: string;
}

/** SHA-256 of files; those of large ones are remembered by inode, size and time, as git does in its index. */
export class FileHashes {
  readonly #store: string;
  #known: Promise<Map<string, Remembered>> | undefined;
  #changed = false;

  constructor(store: string) {
    this.#store = store;
  }

  async of(path: string): Promise<string> {
    const { size, mtimeNs, ctimeNs, ino } = await stat(path, { bigint: true });
    if (size < large) return sha256(await readFile(path));
    this.#known ??= this.#load();
    const known = await this.#known;
    const stamp = `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
    const had = known.get(path);
    if (had?.stamp === stamp) return had.hash;
    const hash = await streamed(path);
    known.set(path, { stamp, hash });
    this.#changed = true;
    return hash;
  }

  /** Takes the word of whoever has just written the file. */
  async learn(path: string, hash: string): Promise<void> {
    const { size, mtimeNs, ctimeNs, ino } = await stat(path, { bigint: true });
    if (size < large) return;
    this.#known ??= this.#load();
    (await this.#known).set(path, { stamp: `${ino} ${size} ${mtimeNs} ${ctimeNs}`, hash });
    this.#changed = true;
  }

  /** Keeps what was learnt. A cache: it may be lost at any time. */
  async save(): Promise<void> {
    if (!this.#changed || !this.#known) return;
    this.#changed = false;
    // Another image's save may be under way, in this process too.
    const draft = `${this.#store}.${randomId()}`;
    await mkdir(dirname(this.#store), { recursive: true });
    await writeFile(draft, JSON.stringify([...(await this.#known)]));
    await rename(draft, this.#store);
  }

  async #load(): Promise<Map<string, Remembered>> {
    try {
      return new Map(JSON.parse(await readFile(this.#store, 'utf8')) as [string, Remembered][]);
    } catch {
      return new Map();
    }
  }
}

async function streamed(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
