export interface Frame {
  readonly stream: 'stdout' | 'stderr';
  readonly bytes: Buffer;
}

const headerLength = 8;

/** Takes apart the one stream in which the engine sends both outputs of a process. One frame is one write, or one log entry. */
export async function* framesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  let rest = Buffer.alloc(0);
  for await (const chunk of stream) {
    rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
    for (let length = frameLength(rest); length <= rest.length; length = frameLength(rest)) {
      yield { stream: rest[0] === 2 ? 'stderr' : 'stdout', bytes: rest.subarray(headerLength, length) };
      rest = rest.subarray(length);
    }
  }
}

/** Of the frame at the beginning, header included; more than there is where not even the header is complete. */
const frameLength = (bytes: Buffer): number =>
  bytes.length < headerLength ? Number.POSITIVE_INFINITY : headerLength + bytes.readUInt32BE(4);
