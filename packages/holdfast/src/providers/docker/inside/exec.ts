import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type Docker from 'dockerode';
import type { CommandResult, Terminal } from '../../../ports/instances.ts';
import { framesOf } from './frames.ts';

/**
 * Runs a command inside a container to its end. The engine can't be asked to end one: after an abort nobody waits for it
 * any more, and it may run on.
 */
export async function execute(
  container: Docker.Container,
  command: readonly string[],
  signal?: AbortSignal,
  input?: string,
): Promise<CommandResult> {
  signal?.throwIfAborted();
  const hasInput = input !== undefined;
  const exec = await container.exec({
    Cmd: [...command],
    AttachStdin: hasInput,
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await exec.start({ hijack: true, stdin: hasInput });
  if (hasInput) stream.end(input);
  const heard = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  await untilAborted(stream, signal, async () => {
    for await (const frame of framesOf(stream)) heard[frame.stream].push(frame.bytes);
  });
  return { exitCode: await exitCodeOf(exec, signal), stdout: textOf(heard.stdout), stderr: textOf(heard.stderr) };
}

const textOf = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString('utf8');

async function untilAborted(stream: Duplex, signal: AbortSignal | undefined, work: () => Promise<void>): Promise<void> {
  const stop = () => stream.destroy();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await work();
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
  }
  signal?.throwIfAborted();
}

/** How long the engine is left alone before it is asked again, in milliseconds: from the first pause to the longest. */
const pauses = { first: 5, longest: 250 };

/** The engine closes the output a moment before it knows the exit code, or long before: where the command closed it. */
export async function exitCodeOf(exec: Docker.Exec, signal?: AbortSignal): Promise<number> {
  for (let wait = pauses.first; ; wait = Math.min(wait * 2, pauses.longest)) {
    const { Running, ExitCode } = await exec.inspect();
    if (!Running && ExitCode !== null) return ExitCode;
    await paused(wait, signal);
  }
}

async function paused(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await pause(ms, undefined, signal && { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/** Joins a terminal to a command inside a container; gives its exit code. */
export async function attach(
  container: Docker.Container,
  command: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const exec = await container.exec({
    Cmd: [...command],
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Tty: terminal.interactive,
  });
  const stream = await exec.start({ hijack: true, stdin: true, Tty: terminal.interactive });
  const release = terminal.interactive ? takeOver(exec, terminal) : () => {};
  // The engine lets go of a terminal whose input ends, with its last output unsaid.
  terminal.input.pipe(stream, { end: !terminal.interactive });
  try {
    await pour(stream, terminal);
  } finally {
    release();
    terminal.input.unpipe(stream);
    terminal.input.pause();
    stream.destroy();
  }
  return exitCodeOf(exec);
}

/** With a terminal the engine sends both outputs as one plain stream. */
async function pour(stream: Duplex, { interactive, output, error }: Terminal): Promise<void> {
  if (interactive) for await (const chunk of stream) output.write(chunk);
  else for await (const frame of framesOf(stream)) (frame.stream === 'stdout' ? output : error).write(frame.bytes);
}

type Screen = NodeJS.WritableStream & Partial<Pick<NodeJS.WriteStream, 'columns' | 'rows'>>;
type Keyboard = NodeJS.ReadableStream & Partial<Pick<NodeJS.ReadStream, 'setRawMode'>>;

/** Every key goes inside, and the window inside is as large as the one outside; until the function it gives is called. */
function takeOver(exec: Docker.Exec, terminal: Terminal): () => void {
  const screen: Screen = terminal.output;
  const keyboard: Keyboard = terminal.input;
  // A command that has just ended has no window any more.
  const measure = () => void exec.resize({ w: screen.columns ?? 80, h: screen.rows ?? 24 }).catch(() => {});
  keyboard.setRawMode?.(true);
  screen.on('resize', measure);
  measure();
  return () => {
    screen.removeListener('resize', measure);
    keyboard.setRawMode?.(false);
  };
}
