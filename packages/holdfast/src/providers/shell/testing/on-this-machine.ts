import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { OutputPart, Spawn } from '../../../ports/looking/spawn.ts';
import type { Seen } from '../../../ports/provider.ts';

/** This machine as a target, where `sh` is a shell of the caller's choice. */
export const machineWith =
  (shell: readonly string[]): Spawn =>
  async (_, [program = '', ...words], __, signal) => {
    signal.throwIfAborted();
    const [file = '', ...first] = program === 'sh' ? shell : [program];
    // As a container runtime does: a session of its own, so that all of it can be ended.
    const child = spawn(file, [...first, ...words], { detached: true });
    const output = new PassThrough({ objectMode: true });
    child.stdout.on('data', bytes => output.write({ stream: 'stdout', bytes } satisfies OutputPart));
    child.stderr.on('data', bytes => output.write({ stream: 'stderr', bytes } satisfies OutputPart));
    child.on('error', error => output.destroy(error));
    child.on('close', () => output.end());
    return {
      input: child.stdin,
      output,
      exitCode: async () => child.exitCode ?? ((await once(child, 'exit')) as [number])[0],
      [Symbol.dispose]() {
        child.stdin.destroy();
        output.destroy();
      },
    };
  };

export const thisMachine: Seen = { kind: 'host', engine: 'local', id: 'here', name: 'here', state: {}, about: '' };
