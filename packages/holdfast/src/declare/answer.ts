import { writeSync } from 'node:fs';
import type { ProblemParts } from '../kit/problem.ts';
import type { Target } from '../model/declaration/slot.ts';
import type { SystemModel } from '../model/system-model.ts';

/** What the child is asked. */
export interface Question {
  /** Absolute path of the user's `system.ts`. */
  readonly file: string;
  readonly target: Target;
  /** Let what is wrong end the process, so that Node says where a syntax error is: it tells nobody else. */
  readonly lastWords?: boolean;
}

/** What the child answers, as one line of JSON. */
export type Answer = { readonly model: SystemModel } | Refusal;

export interface Refusal {
  readonly problems: readonly ProblemParts[];
  /** The first problem is a syntax error of which only Node's last words tell the place. */
  readonly unplaced?: boolean;
}

/** The pipe that both go through: the standard ones are the user's. */
export const channel = 3;

/** Writes an answer to the channel: all of it, however much the pipe takes at once. */
export function writeAnswer(answer: Answer): void {
  let rest = Buffer.from(`${JSON.stringify(answer)}\n`);
  while (rest.length > 0) rest = rest.subarray(writeSync(channel, rest));
}
