import { setTimeout as pause } from 'node:timers/promises';
import type Docker from 'dockerode';
import { type Frame, framesOf } from '../inside/frames.ts';

/** A command to be done in the container. */
export interface Errand {
  readonly command: readonly string[];
  readonly user?: string;
  readonly workdir?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Does it, gives its outputs to `hear`, and resolves with its exit code and what `hear` made of them. */
export async function errand<T>(
  container: Docker.Container,
  { command, user = '0:0', workdir = '/', env = {} }: Errand,
  hear: (frames: AsyncIterable<Frame>) => Promise<T>,
): Promise<{ readonly code: number; readonly heard: T }> {
  const exec = await container.exec({
    Cmd: [...command],
    Env: Object.entries(env).map(([key, value]) => `${key}=${value}`),
    User: user,
    WorkingDir: workdir,
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await exec.start({ hijack: true, stdin: false });
  try {
    const heard = await hear(framesOf(stream));
    return { heard, code: await exitCodeOf(exec) };
  } finally {
    stream.destroy();
  }
}

/** The engine closes the output a moment before it knows the exit code, or long before: where the command closed it. */
async function exitCodeOf(exec: Docker.Exec): Promise<number> {
  for (let wait = 2; ; wait = Math.min(wait * 2, 100)) {
    const { Running, ExitCode } = await exec.inspect();
    if (!Running && ExitCode !== null) return ExitCode;
    await pause(wait);
  }
}
