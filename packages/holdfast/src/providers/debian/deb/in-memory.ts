import { promisify } from 'node:util';
import { gunzip, zstdDecompress } from 'node:zlib';
import xz from 'xz-decompress';
import { bytesSource, type Source } from '../../../kit/source.ts';
import { damaged, type Packed, tooLarge } from './packed.ts';
import { declaredSize } from './xz/declared-size.ts';

/**
 * As {@link Decompress}, for what is small: one millisecond in this process, where another takes six to be started.
 */
export async function unpackedInMemory(source: Source, packed: Packed, limit: number): Promise<Uint8Array> {
  if (packed.length > limit) throw tooLarge(packed, limit);
  const bytes = Uint8Array.from(source.at(packed.offset, packed.length));
  try {
    return await unpackers[packed.kind](bytes, limit);
  } catch (error) {
    throw error instanceof RangeError ? tooLarge(packed, limit) : damaged(packed, error);
  }
}

/** Each throws a RangeError for what is larger. */
type Unpacker = (bytes: Uint8Array, limit: number) => Promise<Uint8Array> | Uint8Array;

const unpackers: Readonly<Record<Packed['kind'], Unpacker>> = {
  none: (bytes, limit) => within(bytes, limit),
  gz: (bytes, limit) => promisify(gunzip)(bytes, { maxOutputLength: limit }),
  zst: (bytes, limit) => promisify(zstdDecompress)(bytes, { maxOutputLength: limit }),
  async xz(bytes, limit) {
    within(bytes, limit, declaredSize(bytesSource('', bytes), { offset: 0, length: bytes.length }));
    const packed = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes);
        controller.close();
      },
    });
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of new xz.XzReadableStream(packed)) {
      size += chunk.length;
      if (size > limit) break;
      chunks.push(chunk);
    }
    return within(Buffer.concat(chunks), limit, size);
  },
};

function within(bytes: Uint8Array, limit: number, size = bytes.length): Uint8Array {
  if (size > limit) throw new RangeError(`more than ${limit} bytes`);
  return bytes;
}
