import { type ChildProcess, spawn } from 'node:child_process';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has printed so far, on both streams. */
  said(): string;
}

/** Starts a command in a process group of its own, so that all of it can be killed at once. */
export function start(
  command: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv; input?: string },
): Running {
  const [program = '', ...args] = command;
  const since = performance.now();
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: 'pipe',
    detached: true,
  });
  const read = { stdout: '', stderr: '' };
  child.stdout?.on('data', data => {
    read.stdout += data;
  });
  child.stderr?.on('data', data => {
    read.stderr += data;
  });
  child.stdin?.end(options.input ?? '');
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) =>
      resolve({ code, signal, ...read, seconds: (performance.now() - since) / 1000 }),
    );
  });
  return { child, ended, said: () => read.stdout + read.stderr };
}

/** As `kill -9` of the process and its children. One that has ended already is left in peace. */
export const killAll = (running: Running): void => signalAll(running, 'SIGKILL');

/** Sends a signal to the process and its children. */
export function signalAll({ child }: Running, signal: NodeJS.Signals): void {
  try {
    if (child.pid && child.exitCode === null) process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
