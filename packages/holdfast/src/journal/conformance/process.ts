import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** How a process comes to the journal under test: a module whose `openJournal(location)` opens it. */
export interface JournalDoor {
  readonly module: string;
  readonly location: string;
}

export interface OtherProcess extends AsyncDisposable {
  /** What it has said so far, by line. */
  readonly said: readonly string[];
  /** Resolves when it has said so many lines. */
  hasSaid(lines: number): Promise<void>;
  /** Resolves with its exit code. */
  readonly done: Promise<number | null>;
  /** As with `kill -9`. Resolves when it is over. */
  kill(): Promise<void>;
}

const child = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './child.ts' : './child.js', import.meta.url));

export function otherProcess({ module, location }: JournalDoor, ...words: readonly string[]): OtherProcess {
  const running = spawn(process.execPath, [child, module, location, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  const lines = createInterface({ input: running.stdout });
  lines.on('line', line => said.push(line));
  const done = once(running, 'close').then(() => running.exitCode);
  const kill = async () => {
    running.kill('SIGKILL');
    await done;
  };
  return { said, done, kill, hasSaid: count => hasSaid(count, said, lines, running), [Symbol.asyncDispose]: kill };
}

async function hasSaid(
  count: number,
  said: readonly string[],
  lines: ReturnType<typeof createInterface>,
  running: ChildProcess,
): Promise<void> {
  const over = new AbortController();
  running.once('close', () => over.abort(new Error(`the process ended after ${said.length} lines`)));
  while (said.length < count) await once(lines, 'line', { signal: over.signal });
}
