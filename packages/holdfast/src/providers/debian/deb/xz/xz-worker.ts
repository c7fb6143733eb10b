import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import xz from 'xz-decompress';
import type { Packed } from '../packed.ts';

/** What a thread is asked. */
export interface XzAsk {
  readonly packed: Packed;
  readonly to: string;
  /** In bytes. */
  readonly limit: number;
}

/** What it answers: the size; or a message where the stream is damaged. A size above the limit is none of the whole. */
export type XzAnswer = { readonly size: number } | { readonly failure: string };

const chunk = 1 << 16;

function partOf({ file, offset, length }: Packed): ReadableStream<Uint8Array> & Disposable {
  const input = openSync(file, 'r');
  let done = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const bytes = Buffer.allocUnsafe(Math.min(chunk, length - done));
      const read = readSync(input, bytes, 0, bytes.length, offset + done);
      done += read;
      if (read === 0) controller.close();
      else controller.enqueue(bytes.subarray(0, read));
    },
  });
  return Object.assign(stream, { [Symbol.dispose]: () => closeSync(input) });
}

async function unpack({ packed, to, limit }: XzAsk): Promise<number> {
  using part = partOf(packed);
  const output = openSync(to, 'w');
  let size = 0;
  try {
    for await (const bytes of new xz.XzReadableStream(part)) {
      size += bytes.length;
      if (size > limit) break;
      writeSync(output, bytes);
    }
  } finally {
    closeSync(output);
  }
  return size;
}

const answer = (ask: XzAsk): Promise<XzAnswer> =>
  unpack(ask).then(
    size => ({ size }),
    (error: unknown) => ({ failure: error instanceof Error ? error.message : String(error) }),
  );

parentPort?.on('message', async (ask: XzAsk) => parentPort?.postMessage(await answer(ask)));
