import type { ProblemParts } from '../kit/problem.ts';
import type { Target } from '../model/declaration/slot.ts';
import type { SystemModel } from '../model/system-model.ts';

/** What the child is asked. */
export interface Question {
  /** Absolute path of the user's `system.ts`. */
  readonly file: string;
  readonly target: Target;
}

/** What the child answers, as one line of JSON. */
export type Answer = { readonly model: SystemModel } | { readonly problems: readonly ProblemParts[] };

/** The pipe that both go through: the standard ones are the user's. */
export const channel = 3;
