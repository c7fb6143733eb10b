import { createRequire } from 'node:module';
import { nearest } from '../../kit/nearest.ts';
import type { ProblemParts } from '../../kit/problem.ts';
import type { Found } from './explain.ts';
import { markIn } from './stack.ts';

const form = /module '(.+)' does not provide an export named '(.+)'/;

export const isMissingExport = (error: Error): boolean => form.test(error.message);

/** A name that the imported module does not have. */
export async function missingExport({ error, file, where }: Found): Promise<ProblemParts | undefined> {
  const [, module, name] = form.exec(error.message) ?? [];
  if (!module || !name) return undefined;
  const at = markIn(error.stack ?? '') ?? where;
  const known = await exportsOf(module, at.replace(/:\d+:\d+$/, '') || file);
  const meant = nearest(name, known);
  return {
    what: `'${module}' exports no ${name === 'default' ? 'default' : `"${name}"`}`,
    where: at,
    why: known.length > 0 && known.length <= 40 ? `it exports ${known.join(', ')}` : 'no export of that name is in it',
    fix: meant ? `did you mean \`${meant}\`?` : `check the name; a type is imported with import type { ${name} }`,
  };
}

/** The names that a module exports; none where it can't be told. */
async function exportsOf(module: string, from: string): Promise<readonly string[]> {
  try {
    return Object.keys(await import(createRequire(from).resolve(module)));
  } catch {
    return [];
  }
}
