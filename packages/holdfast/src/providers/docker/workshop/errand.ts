import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type Docker from 'dockerode';
import { type Frame, framesOf } from '../inside/frames.ts';

/** A command to be done in the container. */
export interface Errand {
  readonly command: readonly string[];
  readonly user?: string;
  readonly workdir?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What it reads. One chunk is asked for when the one before has left. Default: nothing. */
  readonly input?: AsyncIterable<Uint8Array>;
}

/** Does it, gives its outputs to `hear`, and resolves with its exit code and what `hear` made of them. */
export async function errand<T>(
  container: Docker.Container,
  { command, user = '0:0', workdir = '/', env = {}, input }: Errand,
  hear: (frames: AsyncIterable<Frame>) => Promise<T>,
): Promise<{ readonly code: number; readonly heard: T }> {
  const exec = await container.exec({
    Cmd: [...command],
    Env: Object.entries(env).map(([key, value]) => `${key}=${value}`),
    User: user,
    WorkingDir: workdir,
    AttachStdin: input !== undefined,
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await exec.start({ hijack: true, stdin: input !== undefined });
  try {
    const [heard] = await Promise.all([hear(framesOf(stream)), input && tell(stream, input)]);
    return { heard, code: await exitCodeOf(exec) };
  } finally {
    stream.destroy();
  }
}

/** Whoever ends before it has read all is told by its exit code. */
async function tell(stream: Duplex, input: AsyncIterable<Uint8Array>): Promise<void> {
  const gone = once(stream, 'close');
  for await (const chunk of input) {
    const written = new Promise<void>(resolve => stream.write(chunk, () => resolve()));
    await Promise.race([written, gone]);
    if (stream.destroyed || stream.readableEnded) return;
  }
  stream.end();
}

/** The engine closes the output a moment before it knows the exit code, or long before: where the command closed it. */
async function exitCodeOf(exec: Docker.Exec): Promise<number> {
  for (let wait = 2; ; wait = Math.min(wait * 2, 100)) {
    const { Running, ExitCode } = await exec.inspect();
    if (!Running && ExitCode !== null) return ExitCode;
    await pause(wait);
  }
}
