import type { Seen } from './provider.ts';

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface LogLine {
  readonly stream: 'stdout' | 'stderr';
  /** ISO 8601, as the engine stamped it. */
  readonly at: string;
  readonly text: string;
}

export interface LogQuery {
  /** Only so many of the last lines. */
  readonly tail?: number;
  readonly follow?: boolean;
  readonly since?: string;
}

/** What we do with running instances besides making and removing them. */
export interface Instances {
  /** `input` is what the command reads as its standard input; without it, that is empty. */
  run(instance: Seen, command: readonly string[], signal?: AbortSignal, input?: string): Promise<CommandResult>;

  /** Joins the terminal to a command inside; resolves with its exit code. */
  attach(instance: Seen, command: readonly string[], terminal: Terminal): Promise<number>;

  /** Writes files into the instance, by absolute path. */
  put(instance: Seen, files: Readonly<Record<string, string>>): Promise<void>;

  /** Reads one file; undefined when it isn't there. */
  get(instance: Seen, path: string): Promise<string | undefined>;

  logs(instance: Seen, query: LogQuery, signal?: AbortSignal): AsyncIterable<LogLine>;

  /** Where this process can reach a port of the instance. Throws a Problem where it can't. */
  reach(instance: Seen, port: number): Promise<{ readonly host: string; readonly port: number }>;

  /** Resolves with the exit code once it has ended. */
  ended(instance: Seen, signal: AbortSignal): Promise<number>;

  /** As it is now; undefined when it is gone. */
  look(instance: Seen): Promise<Seen | undefined>;
}

export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly error: NodeJS.WritableStream;
  readonly interactive: boolean;
}
