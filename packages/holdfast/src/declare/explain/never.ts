import type { ProblemParts } from '../../kit/problem.ts';

/** The process has nothing left to do, and the module has not been evaluated. */
export const neverSettles = (file: string): ProblemParts => ({
  what: `${file} waits for something that never comes`,
  where: `${file}:1:1`,
  why: 'a top-level `await` did not settle, and nothing that could settle it is left: timers and the network are off while a system is declared',
  fix: 'remove the `await`; a system.ts only declares',
});
