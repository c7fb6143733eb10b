import { dirname } from 'node:path';
import { asProblem, Problems } from '../../kit/problem.ts';
import { readConfig } from '../load-config.ts';

/** Reads each configuration that it is given, as the command line does, and prints a line of JSON with what is wrong. */

const problemsOf = (error: unknown) => (error instanceof Problems ? error.problems : [asProblem(error)]);

for (const file of process.argv.slice(2)) {
  const problems = await readConfig(file, dirname(file)).then(() => [], problemsOf);
  console.log(JSON.stringify(problems.map(problem => ({ ...problem.parts, exit: problem.exit }))));
}
