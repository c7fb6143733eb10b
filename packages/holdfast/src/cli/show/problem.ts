import { plural, wrapped } from '../../kit/layout.ts';
import { type Problem, Problems } from '../../kit/problem.ts';
import type { ProblemOutput } from '../output/problem.ts';
import type { Palette } from './screen.ts';

/** One problem as a reader wants it: what, where, why, what to do, and what to look at. */
export function problemLines(problem: ProblemOutput, paint: Palette, width: number): readonly string[] {
  const { what, where, why, fix, evidence = [] } = problem;
  return [
    ...wrapped(`${paint.red(paint.bold('error'))}  `, paint.bold(what), width),
    ...(where ? [`${paint.dim('   at')}  ${paint.cyan(where)}`] : []),
    ...(why ? wrapped(`${paint.dim('  why')}  `, why, width) : []),
    ...(fix ? wrapped(`${paint.dim('  fix')}  `, fix, width) : []),
    ...(evidence.length > 0 ? ['', ...evidence.map(line => `  ${paint.dim('│')} ${line}`), ''] : []),
  ];
}

export function problemsLines(problems: readonly ProblemOutput[], paint: Palette, width: number): readonly string[] {
  const each = problems.flatMap((problem, at) => [...(at > 0 ? [''] : []), ...problemLines(problem, paint, width)]);
  return problems.length > 1 ? [...each, '', paint.red(plural(problems.length, 'error'))] : each;
}

/** The problems that an error is made of. */
export const problemsIn = (error: Problem | Problems): readonly ProblemOutput[] =>
  (error instanceof Problems ? error.problems : [error]).map(problem => problem.toJSON());
