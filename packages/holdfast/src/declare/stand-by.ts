import type { ChildProcess } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { start } from './evaluate.ts';

/** A process that starts while nobody knows yet for which environment it is to evaluate. */
export interface StandBy extends Disposable {
  /** The process, once, where it is for a file of this folder and still there. */
  take(file: string): ChildProcess | undefined;
}

/** Starts it. Disposing of it ends a process that nobody took. */
export function standBy(file: string): StandBy {
  const folder = dirname(real(file));
  let waiting: ChildProcess | undefined = start(real(file));
  const gone = () => {
    waiting = undefined;
  };
  waiting.once('error', gone).once('exit', gone);
  return {
    take(asked) {
      const taken = dirname(asked) === folder ? waiting : undefined;
      if (taken) gone();
      return taken;
    },
    [Symbol.dispose]: () => void waiting?.kill('SIGKILL'),
  };
}

/** As Node names it in what it tells of places: with no symbolic link in it. */
export function real(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return resolve(file);
  }
}
