import { pathToFileURL } from 'node:url';
import type { ProblemParts } from '../kit/problem.ts';
import { slot } from '../model/declaration/slot.ts';
import type { Answer, Question, Refusal } from './answer.ts';
import { explain } from './explain/explain.ts';
import { isUnplaced } from './explain/syntax.ts';
import { systemIn } from './exported.ts';

/** As it was before anything was poisoned. */
const tick = setImmediate;

/** Reads a `system.ts` in this process, after what may come of it later too: rejections that nobody waits for. */
export function reader(): (question: Question) => Promise<Answer> {
  let late: unknown[] = [];
  process.on('unhandledRejection', error => late.push(error));
  process.on('uncaughtException', error => late.push(error));
  return async ({ file, target }) => {
    late = [];
    slot().target = target;
    try {
      const module = await import(pathToFileURL(file).href);
      await new Promise(resolve => tick(resolve));
      return late.length === 0 ? systemIn(module, file) : refused(file, late);
    } catch (error) {
      return refused(file, [error, ...late]);
    }
  };
}

async function refused(file: string, errors: readonly unknown[]): Promise<Refusal> {
  const problems: ProblemParts[] = [];
  for (const error of errors) problems.push(...(await explain(error, file)));
  return { problems, unplaced: isUnplaced(errors[0]) };
}
