import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { bounds, type ContentSeen, type TextSeen } from '../../../ports/looking/snapshot.ts';
import type { Found } from './find.ts';
import { hold, openHeld, under } from './folder.ts';
import type { Tree } from './tree.ts';

const chunk = 1 << 18;

/** What is in a file, up to the bounds. */
export async function contentOf(found: Found, tree: Tree): Promise<ContentSeen> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const bytes of chunksOf(found, tree)) {
    length += bytes.length;
    if (length > bounds.content) return { unknown: `it is larger than ${inMiB(bounds.content)}` };
    if (bytes.length > tree.left)
      return { unknown: `all that is looked into is larger than ${inMiB(bounds.contents)}` };
    tree.left -= bytes.length;
    chunks.push(Buffer.from(bytes));
  }
  return { bytes: Buffer.concat(chunks) };
}

const inMiB = (bytes: number): string => `${bytes >> 20} MiB`;

export async function checksumOf(found: Found, tree: Tree): Promise<TextSeen> {
  const sum = createHash('sha256');
  for await (const bytes of chunksOf(found, tree)) sum.update(bytes);
  return { text: sum.digest('hex') };
}

/** Each is good until the next. Opened is what is held, and only where that is a file: a pipe would wait for a writer. */
async function* chunksOf({ folder, name }: Found, { late }: Tree): AsyncGenerator<Uint8Array> {
  await using held = await hold(under(folder, name));
  if (!(await held.stat()).isFile()) throw new Error('another thing was put in its place while it was looked at');
  await using file = await openHeld(held);
  yield* read(file, late);
}

/** To its end, not to its size: in /proc all have none. */
async function* read(file: FileHandle, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const { size } = await file.stat();
  const buffer = Buffer.allocUnsafe(Math.max(4_096, Math.min(chunk, size + 1)));
  for (;;) {
    signal.throwIfAborted();
    const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}
