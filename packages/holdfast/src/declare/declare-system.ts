import { exitCode, Problem, type ProblemParts, Problems } from '../kit/problem.ts';
import type { Target } from '../model/declaration/slot.ts';
import type { SystemModel } from '../model/system-model.ts';
import type { Answer } from './answer.ts';
import { readable } from './code-frame.ts';
import { type EvaluateOptions, evaluate } from './evaluate.ts';
import { placed } from './placed.ts';
import { real } from './stand-by.ts';
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

/** The same, twice: throws {@link Problems} where the two evaluations are not equal to the byte. */
export async function declareTwice(options: DeclareOptions): Promise<SystemModel> {
  const [one, other] = await Promise.all([answerTo(options), answerTo(options)]);
  const model = await modelIn(one, options);
  if (one === other) return model;
  throw refused([unequal(model, await modelIn(other, options), real(options.file)).parts], options);
}

async function answerTo({ file, environment, ...options }: DeclareOptions): Promise<string> {
  try {
    return await evaluate({ file: real(file), target: environment }, options);
  } catch (error) {
    throw error instanceof Problem ? refused([error.parts], { file, environment, ...options }) : error;
  }
}

/** What an answer says. Throws {@link Problems} with all that is wrong. */
export async function modelIn(text: string, options: DeclareOptions): Promise<SystemModel> {
  const answer: Answer = JSON.parse(text);
  if ('model' in answer) return answer.model;
  const { problems } = answer.unplaced ? await placed(answer, real(options.file)) : answer;
  throw refused(problems, options);
}

function refused(problems: readonly ProblemParts[], { file, folder = process.cwd() }: DeclareOptions): Problems {
  const told = problems.map(parts => new Problem({ ...readable(parts, folder), exit: exitCode.wrongUse }));
  return new Problems(told, `${file} does not declare a system`);
}
