import type { Refusal } from './answer.ts';
import { placeOfSyntaxError } from './evaluate.ts';

/** A refusal with the place of the syntax error that is its first problem. */
export async function placed({ problems: [first, ...others] }: Refusal, file: string): Promise<Refusal> {
  const where = (await placeOfSyntaxError(file)) ?? `${file}:1:1`;
  return { problems: first ? [{ ...first, where }, ...others] : others };
}
