import type Docker from 'dockerode';
import type { LogLine, LogQuery } from '../../../ports/instances.ts';
import type { Seen } from '../../../ports/provider.ts';
import { attempt } from '../host/calls.ts';
import type { DockerHost } from '../host/host.ts';
import { type Frame, framesOf } from './frames.ts';

/** What an instance wrote, in the order of writing. An abort ends it quietly. */
export async function* logsOf(
  { docker }: DockerHost,
  instance: Seen,
  query: LogQuery,
  signal?: AbortSignal,
): AsyncGenerator<LogLine> {
  try {
    const stream = await attempt(`the logs of ${instance.name} can't be read`, () =>
      open(docker.getContainer(instance.id), query, signal),
    );
    yield* linesOf(framesOf(stream));
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}

async function open(
  container: Docker.Container,
  { tail, follow, since }: LogQuery,
  signal: AbortSignal | undefined,
): Promise<AsyncIterable<Uint8Array>> {
  const options = {
    stdout: true,
    stderr: true,
    timestamps: true,
    ...(tail !== undefined && { tail }),
    ...(since !== undefined && { since: unixTime(since) }),
    ...(signal && { abortSignal: signal }),
  };
  if (!follow) return oneChunk(await container.logs({ ...options, follow: false }));
  const stream = await container.logs({ ...options, follow: true });
  return abortable(stream as NodeJS.ReadableStream & { destroy(): void }, signal);
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Seconds since 1970 with nine decimals, from the engine's own stamps without loss. */
export function unixTime(iso: string): string {
  const decimals = /\.(\d+)/.exec(iso)?.[1] ?? '';
  return `${Math.floor(Date.parse(iso) / 1_000)}.${decimals.padEnd(9, '0').slice(0, 9)}`;
}

async function* abortable(
  stream: AsyncIterable<string | Buffer> & { destroy(): void },
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const stop = () => stream.destroy();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of stream) yield Buffer.from(chunk);
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
  }
}

/** A long line comes in several entries, each with a stamp, of which only the last ends the line. */
export async function* linesOf(frames: AsyncIterable<Frame>): AsyncGenerator<LogLine> {
  const open: Partial<Record<Frame['stream'], { at: string; parts: Buffer[] }>> = {};
  for await (const { stream, bytes } of frames) {
    const space = bytes.indexOf(' ');
    const line = open[stream] ?? { at: bytes.toString('utf8', 0, space), parts: [] };
    open[stream] = line;
    line.parts.push(bytes.subarray(space + 1));
    if (bytes.at(-1) !== newline) continue;
    delete open[stream];
    yield toLine(stream, line);
  }
  for (const stream of ['stdout', 'stderr'] as const) if (open[stream]) yield toLine(stream, open[stream]);
}

const newline = 10;

const toLine = (stream: Frame['stream'], { at, parts }: { at: string; parts: readonly Buffer[] }): LogLine => ({
  stream,
  at,
  text: Buffer.concat(parts)
    .toString('utf8')
    .replace(/\r?\n$/, ''),
});
