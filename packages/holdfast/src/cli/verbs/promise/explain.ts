import { exitCode } from '../../../kit/problem.ts';
import { explainOf } from '../../../verify/promise/explain.ts';
import { printJson, type Verb } from '../../call.ts';
import { meant, promisedIn } from '../../promises.ts';
import { explanationLines } from '../../show/promises.ts';

/** The chain behind the status of one promise; ends with 1 when it is broken. */
export const explain: Verb<Parameters<Verb>[0]['options'], [asked: string]> = async (call, asked) => {
  const promised = await promisedIn(call);
  const status = meant(promised, asked);
  if (call.options.json) printJson(call, status);
  else call.out.print(explanationLines(explainOf(status, promised.model), call.out.palette, call.out.width));
  return status.status === 'broken' ? exitCode.failed : exitCode.kept;
};
