import type { ProblemParts } from '../../kit/problem.ts';
import type { Found } from './explain.ts';
import { isMissingExport } from './missing-export.ts';
import { markIn, placeIn } from './stack.ts';

/** What to write in place of TypeScript that is more than types. */
const instead: readonly (readonly [RegExp, string])[] = [
  [/enum/, "use a union of texts, type Size = 'small' | 'large', or an object with `as const`"],
  [/namespace|module/, 'put it into a file of its own and export from there'],
  [/parameter propert/, 'declare the field and assign it in the constructor'],
  [/import/, "write import … from '…'"],
  [/./, 'write it in plain JavaScript with types'],
];

/** A file that can't be read as TypeScript. */
export function syntax({ error, file }: Found): ProblemParts | undefined {
  if (!isSyntax(error)) return undefined;
  const where = markIn(error.stack ?? '') ?? file;
  return error.message.startsWith('TypeScript ')
    ? { ...notErasable(error.message), where }
    : { ...misspelt(error.message), where };
}

/** Of a file, and not of a text that the user's code parses; and not an import that does not fit. */
const isSyntax = (error: Error): error is SyntaxError =>
  error instanceof SyntaxError &&
  !isMissingExport(error) &&
  (markIn(error.stack ?? '') ?? placeIn(error)) === markIn(error.stack ?? '');

/** Whether an error is of a file's syntax and does not tell where: then only Node's own last words do. */
export const isUnplaced = (error: unknown): boolean =>
  error instanceof SyntaxError && isSyntax(error) && markIn(error.stack ?? '') === undefined;

function notErasable(message: string): ProblemParts {
  const construct = message.replace(/^TypeScript | is not supported.*$/g, '');
  return {
    what: `TypeScript's ${construct} can't be used here`,
    why: 'Node runs the file by taking the types out; this would need code put in',
    fix: instead.find(([form]) => form.test(construct))?.[1] ?? '',
  };
}

const misspelt = (message: string): ProblemParts => ({
  what: `the file has a syntax error: ${message.replace(/ Expected an identifier, void.*$/, '')}`,
  why: 'the file can’t be read as TypeScript, so nothing of it was evaluated',
  fix: 'mend it at the mark; often a bracket, a comma or a quote just before it is missing or too many',
});
