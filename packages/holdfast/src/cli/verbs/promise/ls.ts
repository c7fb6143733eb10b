import { exitCode } from '../../../kit/problem.ts';
import { printJson, type Verb } from '../../call.ts';
import { toPromisesOutput } from '../../output/promises.ts';
import { promisedIn } from '../../promises.ts';
import { promiseLines } from '../../show/promises.ts';

/** All promises and how they stand; ends with 1 when one is broken. */
export const list: Verb = async call => {
  const promised = await promisedIn(call);
  const output = toPromisesOutput(promised);
  if (call.options.json) printJson(call, output);
  else call.out.print(promiseLines(output, call.out.palette, call.out.width));
  return output.promises.some(({ status }) => status === 'broken') ? exitCode.failed : exitCode.kept;
};
