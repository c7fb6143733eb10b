import type { InstanceState } from '../../../ports/desires.ts';

export type Status = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';

export interface DockerInstanceState extends InstanceState {
  readonly status: Status;
  /** What was found by looking closer, which is done for ours alone. */
  readonly actual?: Actual;
}

/** What differences are made of. No secret is in it: the values of variables that were sealed at birth are left out. */
export interface Actual {
  readonly image: string;
  readonly bornWith: string;
  readonly bornParts: Readonly<Record<string, string>>;
  /** The engine's own word on each declared aspect, by the names that parts have. */
  readonly words: Readonly<Record<string, string>>;
  readonly limits: ActualLimits;
  readonly restart: string;
  readonly networks: Readonly<Record<string, Attachment>>;
  /** The name of the network that it was born on, when that is gone. */
  readonly lostNetwork?: string;
  readonly lastError: string;
}

export interface ActualLimits {
  /** Bytes; 0 for none. */
  readonly memory: number;
  /** Bytes of memory and swap together. */
  readonly swap: number;
  /** Thousandths of a processor; 0 for none. */
  readonly cpu: number;
  readonly processes: number;
  /** What we never set: only a person's hand does. By the engine's name of it. */
  readonly byHand: Readonly<Record<string, string>>;
}

export interface Attachment {
  readonly aliases: readonly string[];
  /** The address that it asks the network for at each start. */
  readonly address?: string;
  /** Whether the network it holds on to is still there. */
  readonly exists: boolean;
}
