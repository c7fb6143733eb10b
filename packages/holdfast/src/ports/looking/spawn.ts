import type { Writable } from 'node:stream';
import type { Seen } from '../provider.ts';

/** A command that runs inside of a target. Disposing of it lets go of its streams; the command itself may run on. */
export interface Spawned extends Disposable {
  readonly input: Writable;
  /** What it writes, as it comes, until it and all that have its outputs have ended. */
  readonly output: AsyncIterable<OutputPart>;
  /** To be asked for after the output has ended. */
  exitCode(): Promise<number>;
}

export interface OutputPart {
  readonly stream: 'stdout' | 'stderr';
  readonly bytes: Uint8Array;
}

export interface SpawnOptions {
  /** Left out: the user that the target runs as. */
  readonly user?: string;
}

/** Starts a command inside of a target. Throws a Problem where that can't be done, and for an abort of the signal. */
export type Spawn<T = Seen> = (
  target: T,
  command: readonly string[],
  options: SpawnOptions,
  signal: AbortSignal,
) => Promise<Spawned>;
