import { status as look } from '../../flow.ts';
import { lastBackups } from '../../journal/last-backups.ts';
import { lastDone } from '../../journal/last-done.ts';
import { leaseName } from '../../journal/lease-name.ts';
import { releases } from '../../journal/view.ts';
import { exitCode } from '../../kit/problem.ts';
import { printJson, type Verb } from '../call.ts';
import { looking } from '../ground/looking.ts';
import { toStatusOutput } from '../output/to-status.ts';
import { statusLines } from '../show/status.ts';

/** What runs, from observation. */
export const status: Verb = call =>
  looking(call, async stage => {
    const { options, out, outside } = call;
    const { name: system, environment } = await stage.declare();
    const [seen, all, holder, done, backups] = await Promise.all([
      look(stage),
      releases(stage.journal, system, environment),
      stage.journal.leases.holder(leaseName({ system, environment })),
      lastDone(stage.journal, system, environment),
      lastBackups(stage.journal, system, environment),
    ]);
    const output = toStatusOutput({ status: seen, facts: stage.facts, release: all.at(-1), holder, done, backups });
    if (options.json) printJson(call, output);
    else out.print(statusLines(output, outside.clock(), out.palette, out.width));
    return output.well ? exitCode.kept : exitCode.failed;
  });
