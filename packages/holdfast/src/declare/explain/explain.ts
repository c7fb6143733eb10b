import { exitCode, type ProblemParts } from '../../kit/problem.ts';
import { denied } from './denied.ts';
import { missingExport } from './missing-export.ts';
import { missingModule } from './missing-module.ts';
import { placeIn } from './stack.ts';
import { syntax } from './syntax.ts';
import { thrown } from './thrown.ts';

/** An error and where it stands, as far as can be told. */
export interface Found {
  readonly error: Error & { readonly code?: string };
  /** The file that was evaluated. */
  readonly file: string;
  /** `file:line:column`. */
  readonly where: string;
}

const explanations = [syntax, missingExport, missingModule, denied, thrown] as const;

/** What any error of a user's file means, in the words of a Problem. */
export async function explain(error: unknown, file: string): Promise<readonly ProblemParts[]> {
  if (isProblems(error)) return (await Promise.all(error.errors.map(one => explain(one, file)))).flat();
  if (isProblem(error)) return [{ where: file, ...error.parts, exit: exitCode.wrongUse }];
  const found = locate(error instanceof Error ? error : new Error(`${String(error)} (no Error was thrown)`), file);
  for (const explanation of explanations) {
    const problem = await explanation(found);
    if (problem) return [{ where: found.where, ...problem, exit: exitCode.wrongUse }];
  }
  return [];
}

/** By their shape, since the user's file may have another copy of the package. */
const isProblem = (error: unknown): error is { readonly parts: ProblemParts } =>
  error instanceof Error && error.name === 'Problem' && 'parts' in error;

const isProblems = (error: unknown): error is { readonly errors: readonly unknown[] } =>
  error instanceof Error && error.name === 'Problems' && 'errors' in error;

const locate = (error: Error, file: string): Found => ({ error, file, where: placeIn(error) ?? `${file}:1:1` });
