import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { exitCode, Problem } from '../../kit/problem.ts';
import type { Call } from '../call.ts';
import { hasPerson, type Outside } from '../outside.ts';

/** The value that was piped in, or that the person at the terminal types unseen. Never an argument: all see those. */
export async function givenValue(name: string, { outside, stopping, options }: Call): Promise<string> {
  if (hasPerson(outside) && options.json) throw nothingGiven(name, 'with --json, nothing is asked');
  const text = hasPerson(outside)
    ? await typedUnseen(`Value of ${name}: `, outside, stopping.signal)
    : await pipedIn(name, outside);
  if (text === '') throw nothingGiven(name, 'a value that is empty is none');
  return text;
}

/** As {@link ask}, but nothing of the answer is shown. */
async function typedUnseen(question: string, { stdin, stdout }: Outside, signal: AbortSignal): Promise<string> {
  const nowhere = new Writable({ write: (_, __, done) => done() });
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true });
  // Only now does the terminal no longer show by itself what is typed.
  stdout.write(question);
  const ended = Promise.withResolvers<string>();
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT')).on('close', () => ended.resolve(''));
  try {
    return await Promise.race([lines.question('', { signal }), ended.promise]);
  } finally {
    lines.close();
    stdout.write('\n');
  }
}

/** A line break at its end is what `echo` and editors put there. */
async function pipedIn(name: string, { stdin }: Outside): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stdin) parts.push(Buffer.from(part));
  return asText(name, Buffer.concat(parts)).replace(/\r?\n$/, '');
}

function asText(name: string, bytes: Buffer): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Told below, as what holds a zero byte is.
  }
  throw new Problem({
    what: `what was given for "${name}" is no text`,
    why: 'a secret reaches its container as a file or a variable of UTF-8 text, without a zero byte',
    fix: `give it in base64, and let the program decode it: base64 FILE | holdfast secret set ${name}`,
    exit: exitCode.wrongUse,
  });
}

const nothingGiven = (name: string, why: string): Problem =>
  new Problem({
    what: `no value was given for "${name}"`,
    why,
    fix: `pipe it in, as in holdfast secret set ${name} < FILE, or run it at a terminal and be asked`,
    exit: exitCode.wrongUse,
  });
