import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { OutputPart, Spawned } from '../../ports/looking/spawn.ts';

export interface ChildOptions {
  /** Asked where nothing was written to stdout: why the exit code is not that of what was to run, by that and the end of stderr. */
  readonly failureOf?: (exitCode: number, said: string) => Error | undefined;
  /** Whether it is ended when its streams are let go of. */
  readonly ends?: boolean;
}

/** Bytes of stderr that are kept to tell why nothing was begun. */
const kept = 4_096;

/** A process of this machine as what was spawned. */
export function spawnedBy(child: ChildProcessWithoutNullStreams, { failureOf, ends }: ChildOptions = {}): Spawned {
  const output = new PassThrough({ objectMode: true });
  let said = Buffer.alloc(0);
  let begun = false;
  child.stdout.on('data', bytes => {
    begun = true;
    output.write({ stream: 'stdout', bytes } satisfies OutputPart);
  });
  child.stderr.on('data', bytes => {
    if (failureOf) said = Buffer.concat([said, bytes]).subarray(-kept);
    output.write({ stream: 'stderr', bytes } satisfies OutputPart);
  });
  child.on('error', error => output.destroy(error));
  child.on('close', code => {
    const failure = begun ? undefined : failureOf?.(code ?? 0, said.toString('utf8'));
    if (failure) output.destroy(failure);
    else output.end();
  });
  return {
    input: child.stdin,
    output,
    exitCode: async () => child.exitCode ?? ((await once(child, 'exit')) as [number])[0],
    [Symbol.dispose]() {
      child.stdin.destroy();
      child.stdout.destroy();
      child.stderr.destroy();
      output.destroy();
      if (ends) child.kill();
    },
  };
}
