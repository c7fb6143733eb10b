import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Something that will be put right, whatever becomes of this process. */
export interface DeadMan extends AsyncDisposable {
  /** Puts it right now, and resolves when it is. Once, however often it is asked. */
  heal(): Promise<void>;
}

/**
 * A process of a session of its own that runs a command when its limit is over, or when the pipe to it ends: with our
 * word, or because we were killed. To be had before there is anything to put right.
 */
export function deadMan(command: readonly string[], limitSeconds: number): DeadMan {
  const waiting = `trap '' HUP INT TERM; timeout "$0" cat; exec "$@"`;
  const child = spawn('sh', ['-c', waiting, String(limitSeconds), ...command], {
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', text => {
    said += text;
  });
  const over = ended(child);
  const heal = async (): Promise<void> => {
    child.stdin.end();
    const code = await over;
    if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}: ${said}`);
  };
  return { heal, [Symbol.asyncDispose]: heal };
}

async function ended(child: ChildProcess): Promise<number | null> {
  const [code] = await once(child, 'close');
  return code;
}
