import type { Seen } from '../provider.ts';

/**
 * Runs commands inside of targets, one after another in one session where that can be. Disposing of it ends the sessions.
 *
 * Never throws for what a command does: one that hangs is ended when its time is up, one that floods is stopped, and what
 * runs after it is not harmed. Throws for an abort of the signal.
 */
export interface CommandRunner<T = Seen> extends AsyncDisposable {
  run(target: T, command: readonly string[], options: RunOptions, signal: AbortSignal): Promise<Ran>;
}

export interface RunOptions {
  /** How long it may take, in milliseconds. */
  readonly within: number;
  /** Whether root runs it, and not the user that the target runs as. */
  readonly asRoot?: boolean;
}

export type Ran =
  | { readonly ended: Ended }
  /** It had not ended when its time was up, and was ended. */
  | { readonly late: string }
  /** Nobody knows how it would have ended. */
  | { readonly unknown: string };

/** What a command left. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: Printed;
  readonly stderr: Printed;
}

/** What was printed: whole, or its beginning and its end. */
export interface Printed {
  readonly first: Uint8Array;
  /** Empty where the first is all. */
  readonly last: Uint8Array;
  /** Of all that was printed, in bytes. */
  readonly total: number;
}
