import { pathToFileURL } from 'node:url';
import { type Outside, thisProcess } from './outside.ts';

/** Hands over to the project's own copy of the package, or runs the verb; ends with its exit code. */
export async function main(argv: readonly string[], outside: Outside = thisProcess()): Promise<void> {
  const { otherCopy } = await import('./handover.ts');
  const other = otherCopy(argv, outside.cwd);
  if (other) return import(pathToFileURL(other).href);
  const { run } = await import('./run.ts');
  await end(await run(argv, outside), outside);
}

/** What is still on its way to a pipe gets there first. */
async function end(code: number, { stdout, stderr }: Outside): Promise<never> {
  for (const stream of [stdout, stderr]) await new Promise<void>(resolve => stream.write('', () => resolve()));
  process.exit(code);
}

// Nothing waits for it: modules that are loaded later may stand in the same file of the bundle.
void main(process.argv.slice(2));
