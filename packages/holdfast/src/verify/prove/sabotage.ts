import type { Otherwise } from '../../ports/looking/copies.ts';

export type { Otherwise } from '../../ports/looking/copies.ts';

/** What would make an assertion red: done to a throwaway copy of what it is said of, or nothing, with a reason. */
export type Sabotage = Deed | Unproven;

/** At least one of `start` and `line`, in this order. */
export interface Deed {
  /** The copy is started otherwise than declared. */
  readonly start?: Otherwise;
  /**
   * A line for a shell, run inside of the copy by root, in a root file system that can be written to, with the capabilities
   * that engines give where nobody says which. Where it exits with anything but 0, nothing was done: an image may lack
   * what it needs.
   */
  readonly line?: string;
  /** What the line needs besides: the copy is created with it. */
  readonly may?: 'SYS_ADMIN' | 'NET_ADMIN';
}

/** Nothing that can be done would make it red: that it is green says less than it seems to. */
export interface Unproven {
  readonly unproven: string;
}

export const isUnproven = (sabotage: Sabotage): sabotage is Unproven => 'unproven' in sabotage;

export const line = (...parts: readonly string[]): Deed => ({ line: parts.join(' && ') });

export const start = (otherwise: Otherwise): Deed => ({ start: otherwise });

export const unproven = (why: string): Unproven => ({ unproven: why });

/** The copy runs, and does nothing of what the service does: nothing listens, answers or is written. */
export const idle: Otherwise = { command: ['sleep', '86400'] };
