import type { Address } from '../model/address.ts';
import type { Birth } from './provider.ts';

/** A container that was created to be run again and again, as it is now. */
export interface Task {
  readonly id: string;
  readonly birth: Birth;
  readonly isRunning: boolean;
  /** When it was started last, in milliseconds since 1970; 0 where it never was. */
  readonly startedAt: number;
  /** Of the last run that ended. */
  readonly exitCode?: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** Runs what the engine keeps ready. Idempotent throughout. */
export interface Tasks {
  /** Those of the environment that are run to completion. */
  list(): Promise<readonly Task[]>;
  /** Starts it. Nothing where it runs. Throws a Problem where it is gone. */
  start(task: Task): Promise<void>;
  /** Asks it to end, and kills it after its grace. Nothing where it does not run. */
  stop(task: Task): Promise<void>;
  /** Resolves with the exit code when it runs no longer. Rejects with the signal. */
  ended(task: Task, signal: AbortSignal): Promise<number>;
}

/** What an address of a job's is on an engine. */
export const taskSlot = (job: string): Address => `instance/${job}.job`;
