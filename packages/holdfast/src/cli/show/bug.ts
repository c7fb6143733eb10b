import { wrapped } from '../../kit/layout.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import type { Palette } from './screen.ts';

/** An error that nobody foresaw: it is ours. */
export const bug = (error: unknown, version: string): Problem =>
  new Problem({ ...said, evidence: evidenceOf(error, version), exit: exitCode.failed, cause: error });

const said = {
  what: 'this is a bug in Holdfast',
  why: 'an error came up that nobody foresaw',
  fix: 'report it with the lines below and with what you did; the same command may well go through if you run it again',
};

function evidenceOf(error: unknown, version: string): readonly string[] {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [`holdfast ${version}, node ${process.version}, ${process.platform} ${process.arch}`, ...stack.split('\n')];
}

/** The same in words. */
export function bugLines(error: unknown, version: string, paint: Palette, width: number): readonly string[] {
  return [
    ...wrapped(`${paint.red(paint.bold('error'))}  `, paint.bold(said.what), width),
    ...wrapped(`${paint.dim('  why')}  `, said.why, width),
    ...wrapped(`${paint.dim('  fix')}  `, said.fix, width),
    '',
    ...evidenceOf(error, version).map(line => `  ${paint.dim('│')} ${line}`),
  ];
}
