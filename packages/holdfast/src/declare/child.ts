import { readSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type Answer, channel, type Question, writeAnswer } from './answer.ts';
import { neverSettles } from './explain/never.ts';
import { lendLanguage } from './lent-language.ts';
import { poison } from './poison/poison.ts';
import { reader } from './reading.ts';

/** The child process: evaluates one `system.ts` with side effects poisoned, and answers with the model or what is wrong. */

const quit = process.exit.bind(process);
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

function answer(given: Answer): void {
  if (answered) return;
  answered = true;
  writeAnswer(given);
}

const question = ask();
lendLanguage();
poison();
if (question.lastWords) void import(pathToFileURL(question.file).href);
else void converse(question);

async function converse(asked: Question): Promise<void> {
  const read = reader();
  process.on('exit', () => answer({ problems: [neverSettles(asked.file)] }));
  answer(await read(asked));
  // Whoever asked has what it wants, and waits no more for what the user's code does at the end.
  process.removeAllListeners('exit');
  quit(0);
}
