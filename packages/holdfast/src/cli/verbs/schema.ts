import { nearest } from '../../kit/nearest.ts';
import { exitCode, Problem } from '../../kit/problem.ts';
import { type CommonOptions, printJson, type Verb } from '../call.ts';
import { type OutputName, outputs, schemaOf } from '../output/outputs.ts';

/** The JSON Schema of what a verb writes with --json; of all by name where none is named. */
export const schema: Verb<CommonOptions, [name?: string]> = async (call, name) => {
  const names = Object.keys(outputs) as OutputName[];
  if (name === undefined) printJson(call, Object.fromEntries(names.map(one => [one, schemaOf(one)])));
  else printJson(call, schemaOf(names.find(one => one === name) ?? unknown(name, names)));
  return exitCode.kept;
};

function unknown(name: string, names: readonly string[]): never {
  const meant = nearest(name, names);
  throw new Problem({
    what: `there is no output "${name}"`,
    why: `there are ${names.join(', ')}`,
    ...(meant && { fix: `did you mean ${meant}?` }),
    exit: exitCode.wrongUse,
  });
}
