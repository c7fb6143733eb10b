import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { ProblemParts } from '../kit/problem.ts';

/** A problem as a reader in `folder` wants it: paths from there, and the line that it is about, with a mark. */
export function readable(problem: ProblemParts, folder: string): ProblemParts {
  const near = (words: string) => words.replaceAll(`${folder}/`, '');
  const { where, why, fix, evidence = frameOf(where) } = problem;
  return {
    ...problem,
    what: near(problem.what),
    ...(where && { where: nearPath(where, folder) }),
    ...(why && { why: near(why) }),
    ...(fix && { fix: near(fix) }),
    ...(evidence.length > 0 && { evidence }),
  };
}

/** From the folder, unless that would lead out of it. */
function nearPath(where: string, folder: string): string {
  const path = relative(folder, where);
  return path.startsWith('..') ? where : path;
}

function frameOf(where = ''): readonly string[] {
  const [, file, line, column] = /^(\/.+):(\d+):(\d+)$/.exec(where) ?? [];
  const source = file && readLines(file)[Number(line) - 1];
  if (!source) return [];
  const gutter = `${line} | `;
  const indent = source.slice(0, Number(column) - 1).replace(/[^\t]/g, ' ');
  return [gutter + source, `${' '.repeat(gutter.length - 2)}| ${indent}^`];
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
