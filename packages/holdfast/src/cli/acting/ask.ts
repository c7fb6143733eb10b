import { createInterface } from 'node:readline/promises';
import type { Outside } from '../outside.ts';

/** Asks the person at the terminal; an empty text where the input ends. Ctrl-C is a signal as anywhere else. */
export async function ask(question: string, { stdin, stdout }: Outside, signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: stdin, output: stdout });
  const ended = Promise.withResolvers<string>();
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT')).on('close', () => ended.resolve(''));
  try {
    return (await Promise.race([lines.question(question, { signal }), ended.promise])).trim();
  } finally {
    lines.close();
  }
}
