import { pathToFileURL } from 'node:url';
import { type Outside, thisProcess } from './outside.ts';

/** Hands over to the project's own copy of the package, or runs the verb; ends with its exit code. */
export async function main(argv: readonly string[], outside: Outside = thisProcess()): Promise<void> {
  const { evaluates, otherCopy, projectOf } = await import('./handover.ts');
  const project = projectOf(argv, outside.cwd);
  const other = otherCopy(project);
  if (other) return import(pathToFileURL(other).href);
  const { standBy } = await import('../declare/stand-by.ts');
  const evaluator = project && evaluates(argv) ? standBy(project.file) : undefined;
  const { run } = await import('./run.ts');
  const code = await run(argv, outside, evaluator);
  evaluator?.[Symbol.dispose]();
  await end(code, outside);
}

/** What is still on its way to a pipe gets there first. */
async function end(code: number, { stdout, stderr }: Outside): Promise<never> {
  for (const stream of [stdout, stderr]) await new Promise<void>(resolve => stream.write('', () => resolve()));
  process.exit(code);
}

// Nothing waits for it: modules that are loaded later may stand in the same file of the bundle.
void main(process.argv.slice(2));
