import { resolve } from 'node:path';
import { savePlan } from '../../engine/release/saved-plan.ts';
import { plan as planned } from '../../flow.ts';
import { type CommonOptions, printJson, type Verb } from '../call.ts';
import { looking } from '../ground/looking.ts';
import { unwritable } from '../out-file.ts';
import { toPlanOutput } from '../output/to-plan.ts';
import { planLines } from '../show/plan.ts';

export interface PlanOptions extends CommonOptions {
  readonly out?: string;
  readonly destroy?: readonly string[];
  readonly grace?: boolean;
}

/** What would change. Touches nothing. */
export const plan: Verb<PlanOptions> = call =>
  looking(call, async stage => {
    const { options, out, outside } = call;
    const prepared = await planned(stage, { destroy: new Set(options.destroy), grace: options.grace ?? true });
    if (options.out !== undefined)
      await savePlan(resolve(outside.cwd, options.out), prepared).catch(unwritable(options.out));
    const output = toPlanOutput(prepared);
    if (options.json) printJson(call, output);
    else out.print([...planLines(output, out.palette, out.width), ...savedLine(options.out)]);
    return 0;
  });

const savedLine = (file: string | undefined): readonly string[] =>
  file === undefined ? [] : [`Saved. This applies exactly this plan: holdfast up --plan ${file}`];
