import { resolve } from 'node:path';
import { exitCode, Problem, Problems } from '../kit/problem.ts';
import type { Target } from '../model/declaration/slot.ts';
import type { SystemModel } from '../model/system-model.ts';
import type { Answer } from './answer.ts';
import { placed } from './placed.ts';
import { readable } from './code-frame.ts';
import { type EvaluateOptions, evaluate } from './evaluate.ts';
import { unequal } from './unequal.ts';

export interface DeclareOptions extends EvaluateOptions {
  /** Path of the user's `system.ts`. */
  readonly file: string;
  readonly environment: Target;
  /** Whence paths in problems are told. Default: the working directory. */
  readonly folder?: string;
}

/** Evaluates a `system.ts` in a child process. Throws {@link Problems} with all that is wrong; touches nothing. */
export async function declareSystem(options: DeclareOptions): Promise<SystemModel> {
  return modelIn(await answerTo(options), options);
}

/** The same, twice: throws a Problem where the two evaluations are not equal to the byte. */
export async function declareTwice(options: DeclareOptions): Promise<SystemModel> {
  const [one, other] = await Promise.all([answerTo(options), answerTo(options)]);
  const model = await modelIn(one, options);
  if (one !== other) throw told(unequal(model, await modelIn(other, options), resolve(options.file)), options);
  return model;
}

async function answerTo({ file, environment, ...options }: DeclareOptions): Promise<string> {
  try {
    return await evaluate({ file: resolve(file), target: environment }, options);
  } catch (error) {
    throw error instanceof Problem ? told(error, { file, environment, ...options }) : error;
  }
}

async function modelIn(text: string, options: DeclareOptions): Promise<SystemModel> {
  const answer: Answer = JSON.parse(text);
  if ('model' in answer) return answer.model;
  const { problems: all } = answer.unplaced ? await placed(answer, resolve(options.file)) : answer;
  const problems = all.map(parts => told(new Problem(parts), options));
  throw new Problems(problems, `${options.file} does not declare a system`);
}

const told = ({ parts }: Problem, { folder = process.cwd() }: DeclareOptions): Problem =>
  new Problem({ ...readable(parts, folder), exit: exitCode.wrongUse });
