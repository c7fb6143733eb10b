import { basename } from 'node:path';
import type { ProblemParts } from '../../kit/problem.ts';
import type { Found } from './explain.ts';
import { markIn } from './stack.ts';

/** What to write in place of TypeScript that is more than types. */
const instead: readonly (readonly [RegExp, string])[] = [
  [/enum/, "use a union of texts, type Size = 'small' | 'large', or an object with `as const`"],
  [/namespace|module/, 'put it into a file of its own and export from there'],
  [/parameter propert/, 'declare the field and assign it in the constructor'],
  [/import/, "write import … from '…'"],
  [/./, 'write it in plain JavaScript with types'],
];

/** A file that can't be read as TypeScript. */
export function syntax({ error }: Found): ProblemParts | undefined {
  const where = error instanceof SyntaxError ? markIn(error) : undefined;
  if (!where || /does not provide an export|Named export/.test(error.message)) return undefined;
  const file = basename(where.replace(/:\d+:\d+$/, ''));
  return error.message.startsWith('TypeScript ')
    ? { ...notErasable(error.message), where }
    : { ...misspelt(file, error.message), where };
}

function notErasable(message: string): ProblemParts {
  const construct = message.replace(/^TypeScript | is not supported.*$/g, '');
  return {
    what: `TypeScript's ${construct} can't be used here`,
    why: 'Node runs the file by taking the types out; this would need code put in',
    fix: instead.find(([form]) => form.test(construct))?.[1] ?? '',
  };
}

const misspelt = (file: string, message: string): ProblemParts => ({
  what: `${file} has a syntax error: ${message.replace(/ Expected an identifier, void.*$/, '')}`,
  why: 'the file can’t be read as TypeScript, so nothing of it was evaluated',
  fix: 'mend it at the mark; often a bracket, a comma or a quote just before it is missing or too many',
});
