import { createReadStream } from 'node:fs';
import type { TreeEntry } from '../../../kit/tree.ts';

const size = 1 << 20;

/** The content of a file, part by part: some are larger than what should be in memory at once. */
export async function* chunksOf(entry: TreeEntry): AsyncGenerator<Buffer> {
  const { content } = entry;
  if (content === undefined || entry.size === 0) return;
  if (content instanceof Uint8Array) yield Buffer.from(content.buffer, content.byteOffset, content.length);
  else
    yield* createReadStream(content.file, {
      start: content.offset,
      end: content.offset + entry.size - 1,
      highWaterMark: size,
    });
}
