import { readSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { ProblemParts } from '../kit/problem.ts';
import { slot } from '../model/declaration/slot.ts';
import { type Answer, channel, type Question } from './answer.ts';
import { explain } from './explain/explain.ts';
import { neverSettles } from './explain/never.ts';
import { isUnplaced } from './explain/syntax.ts';
import { systemIn } from './exported.ts';
import { poison } from './poison/poison.ts';

/** The child process: evaluates one `system.ts` with side effects poisoned, and answers with the model or what is wrong. */

const tick = setImmediate;
const quit = process.exit.bind(process);
const late: unknown[] = [];
let answered = false;

function ask(): Question {
  const chunks: Buffer[] = [];
  const chunk = Buffer.alloc(65_536);
  while (chunks.at(-1)?.at(-1) !== 0x0a) {
    const length = readSync(channel, chunk);
    if (length === 0) quit(1);
    chunks.push(Buffer.from(chunk.subarray(0, length)));
  }
  return JSON.parse(Buffer.concat(chunks).toString());
}

/** Writes it all, however much the pipe takes at once. */
function answer(given: Answer): void {
  if (answered) return;
  answered = true;
  let rest = Buffer.from(`${JSON.stringify(given)}\n`);
  while (rest.length > 0) rest = rest.subarray(writeSync(channel, rest));
}

async function evaluate({ file, target }: Question): Promise<Answer> {
  slot().target = target;
  try {
    const module = await import(pathToFileURL(file).href);
    await new Promise(resolve => tick(resolve));
    return late.length === 0 ? systemIn(module, file) : refused(file, late);
  } catch (error) {
    return refused(file, [error, ...late]);
  }
}

async function refused(file: string, errors: readonly unknown[]): Promise<Answer> {
  const problems: ProblemParts[] = [];
  for (const error of errors) problems.push(...(await explain(error, file)));
  return { problems, unplaced: isUnplaced(errors[0]) };
}

const question = ask();
poison();
if (question.lastWords) void import(pathToFileURL(question.file).href);
else void converse(question);

async function converse(asked: Question): Promise<void> {
  process.on('unhandledRejection', error => late.push(error));
  process.on('uncaughtException', error => late.push(error));
  process.on('exit', () => answer({ problems: [neverSettles(asked.file)] }));
  answer(await evaluate(asked));
  quit(0);
}
