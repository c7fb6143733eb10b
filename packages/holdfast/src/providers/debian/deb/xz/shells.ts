import { type ChildProcess, spawn } from 'node:child_process';

/** What a shell is asked: to unpack a file from a place on into another one. */
export interface ShellAsk {
  readonly input: string;
  /** In bytes. */
  readonly offset: number;
  readonly output: string;
  /** The most that may be written, in blocks of 512 bytes: the kernel holds it (RLIMIT_FSIZE). */
  readonly blocks: number;
}

/** `xz -9` needs 65 MiB. Holes would be made in no time, however large: the limit holds for what is written. */
const xz = 'xz --decompress --stdout --single-stream --no-sparse --memlimit-decompress=256MiB';

/** `dd` moves the place from which `xz` goes on to read. The answer is an exit code and what was said, up to a NUL. */
const script = `
while IFS= read -r input && IFS= read -r offset && IFS= read -r output && IFS= read -r blocks; do
  said=$({ ulimit -f "$blocks"; [ "$offset" -eq 0 ] || dd bs="$offset" skip=1 count=0 2>/dev/null; exec ${xz}; } \\
    2>&1 <"$input" >"$output")
  printf '%s %s\\0' "$?" "$said"
done
`;

/** Nothing of ours that tells `xz` what to do otherwise. */
export const env = { PATH: process.env.PATH, LC_ALL: 'C' };

/**
 * A shell that runs `xz` for one ask after the other. To start a process costs this one, with all its memory, twenty
 * times what it costs a shell. It ends with us, whatever ends us.
 */
class Shell {
  readonly #child: ChildProcess;
  #heard = '';
  #answer: ((said: string) => void) | undefined;
  #fail: ((error: Error) => void) | undefined;
  over = false;

  constructor() {
    this.#child = spawn('sh', ['-c', script], { stdio: ['pipe', 'pipe', 'ignore'], env, detached: true });
    this.#child.on('error', error => this.#end(error)).on('close', () => this.#end(new Error('xz was killed')));
    this.#child.stdin?.on('error', () => {});
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#hear(text));
    this.#hold(false);
  }

  /** Undefined where it went well, else what `xz` said. */
  async run({ input, offset, output, blocks }: ShellAsk, signal: AbortSignal): Promise<string | undefined> {
    const kill = () => this.kill();
    signal.addEventListener('abort', kill, { once: true });
    this.#hold(true);
    try {
      const answered = new Promise<string>((resolve, reject) => {
        [this.#answer, this.#fail] = [resolve, reject];
      });
      this.#child.stdin?.write(`${[input, offset, output, blocks].join('\n')}\n`);
      const [, code, said = ''] = /^(\d+) (.*)$/s.exec(await answered) ?? [];
      return code === '0' ? undefined : said.trim() || `xz ended with ${code}`;
    } finally {
      this.#hold(false);
      signal.removeEventListener('abort', kill);
    }
  }

  /** With what it runs. */
  kill(): void {
    this.over = true;
    if (this.#child.pid !== undefined) process.kill(-this.#child.pid, 'SIGKILL');
  }

  #hear(text: string): void {
    this.#heard += text;
    const end = this.#heard.indexOf('\0');
    if (end < 0) return;
    const said = this.#heard.slice(0, end);
    this.#heard = this.#heard.slice(end + 1);
    this.#answer?.(said);
  }

  #end(error: Error): void {
    this.over = true;
    this.#fail?.(error);
  }

  /** An idle one does not keep the process alive. */
  #hold(held: boolean): void {
    const pipes = [this.#child.stdin, this.#child.stdout] as unknown as readonly (Held | null)[];
    for (const one of [this.#child, ...pipes]) held ? one?.ref() : one?.unref();
  }
}

/** A pipe to a child is a socket, which the types don't tell. */
type Held = Pick<ChildProcess, 'ref' | 'unref'>;

/** Runs `xz` in shells that stay, as many as are asked at once. */
export function xzShells(): (ask: ShellAsk, signal: AbortSignal) => Promise<string | undefined> {
  const idle: Shell[] = [];
  return async (ask, signal) => {
    signal.throwIfAborted();
    const shell = idle.pop() ?? new Shell();
    try {
      return await shell.run(ask, signal);
    } finally {
      if (!shell.over) idle.push(shell);
    }
  };
}
