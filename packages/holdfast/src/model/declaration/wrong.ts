import { exitCode, Problem, type ProblemParts } from '../../kit/problem.ts';
import { slot } from './slot.ts';

/** A Problem of wrong use: nothing was touched, and the caller can mend it. */
export const wrong = (parts: ProblemParts): Problem => new Problem({ exit: exitCode.wrongUse, ...parts });

/** Keeps what is wrong for the end of the declaration, so that all of it is told at once; throws outside of one. */
export function report(parts: ProblemParts): void {
  const { open } = slot();
  if (!open) throw wrong(parts);
  open.problems.push(parts);
}
